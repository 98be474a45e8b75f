import type { Policy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { clockOf } from '../cli/clock.ts';
import { describeSurvey } from '../cli/explain/describe-survey.ts';
import { people } from '../directory/tables.ts';
import { recordHistory } from '../history/index.ts';
import { refunds } from '../refunds/index.ts';
import { tickets } from '../tickets/tables.ts';
import { invitations } from './tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy, MONDAY_NOON } from './testing/survey-fixtures.ts';

type Conditions = NonNullable<NonNullable<Policy['surveys']['csat']>['conditions']>;
let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const setConditions = (conditions: Conditions) =>
  fixture.setPolicy(aPolicy({ csat: { delay: '24h', sample: '100%', expires: '14d', conditions } }));
const minutesBefore = (minutes: number) => new Date(MONDAY_NOON.getTime() - minutes * 60_000);

/** Arrived two hours before the solve. */
async function givenSolve(ticketId: number, actor: 'agent' | 'zendesk'): Promise<void> {
  fixture.addPerson(500 + ticketId, { locale: ticketId % 2 === 0 ? 'de' : 'en-US' });
  await fixture.givenDue(ticketId, { requesterId: 500 + ticketId });
  await recordHistory(fixture.database.db, [
    { ticketId, at: minutesBefore(120), kind: 'created', value: 'email', ref: 500 + ticketId },
    { ticketId, at: minutesBefore(120), kind: 'status', value: 'open' },
    { ticketId, at: MONDAY_NOON, kind: 'status', value: 'solved', actor },
  ]);
}
const outcomes = async () => (await fixture.stored()).map(({ state, reason, detail }) => [state, reason, detail]);

test('who is asked depends on who solved the ticket, and the reason names the condition', async () => {
  setConditions({ none: [{ field: 'solved_by', operator: 'is', value: 'automation' }] });
  await givenSolve(7, 'agent');
  await givenSolve(8, 'zendesk');
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1, cancelled: 1 });
  const detail = 'solved_by is_not "automation" (saw "automation")';
  expect(await outcomes()).toEqual([
    ['sent', null, null],
    ['cancelled', 'conditions_not_met', detail],
  ]);
  const [, skipped] = await fixture.stored();
  if (!skipped) throw new Error('there is no second survey');
  expect(describeSurvey({ ...skipped, score: null }, { holds: null, now: MONDAY_NOON, clock: clockOf(null) })).toBe(
    `The ticket does not meet the conditions (\`surveys.<survey>.conditions\`). ${detail}`,
  );
});

test('the reason repeats neither the name nor the address of the customer', async () => {
  setConditions({
    all: [
      { field: 'requester', operator: 'is', value: 'Robin Field' },
      { field: 'requester_email', operator: 'is', value: 'robin@example.com' },
    ],
  });
  await givenSolve(7, 'agent');
  await fixture.send();
  expect(await outcomes()).toEqual([
    ['cancelled', 'conditions_not_met', 'requester is "Robin Field"; requester_email is "robin@example.com"'],
  ]);
});

test('waits, refunds, the category, the language and tags can be asked', async () => {
  setConditions({
    all: [
      { field: 'requester_wait_minutes', operator: 'less_than', value: 121 },
      { field: 'category', operator: 'is', value: 'other' },
      { field: 'language', operator: 'is', value: 'de' },
    ],
    none: [
      { field: 'refunded', operator: 'is', value: true },
      { field: 'tags', operator: 'includes_any', value: ['quiet'] },
    ],
  });
  for (const id of [8, 9, 10]) await givenSolve(id, 'agent');
  await fixture.database.db.insert(refunds).values({
    ticketId: 10,
    agentId: 7,
    amountMinor: 500,
    currency: 'USD',
    state: 'granted',
    grantedAt: MONDAY_NOON,
  });
  await fixture.send();
  expect(await outcomes()).toEqual([
    ['sent', null, null],
    ['cancelled', 'conditions_not_met', 'language is "de" (saw "en-US")'],
    ['cancelled', 'conditions_not_met', 'refunded is_not true (saw true)'],
  ]);
});

test('the brand, the form, the organization and the assignee can be asked', async () => {
  const { db } = fixture.database;
  await db.insert(people).values({
    id: 77,
    name: 'Ana',
    email: 'ana@northwind.test',
    role: 'agent',
    suspended: false,
    fetchedAt: MONDAY_NOON,
  });
  setConditions({
    all: [
      { field: 'brand', operator: 'is', value: 'Polar Kids' },
      { field: 'form', operator: 'is', value: 'Returns' },
    ],
    none: [
      { field: 'organization', operator: 'is', value: 'Alpine Club' },
      { field: 'assignee', operator: 'is', value: 'ana@northwind.test' },
    ],
  });
  const of = { brandId: 2, formId: 4, organizationId: null, assigneeId: 78 };
  const solved = [
    of,
    { ...of, brandId: 1 },
    { ...of, formId: null },
    { ...of, organizationId: 3 },
    { ...of, assigneeId: 77 },
  ];
  for (const [n, parts] of solved.entries()) {
    await givenSolve(20 + n, 'agent');
    await db
      .update(tickets)
      .set(parts)
      .where(eq(tickets.id, 20 + n));
  }
  await fixture.send();
  expect(await outcomes()).toEqual([
    ['sent', null, null],
    ['cancelled', 'conditions_not_met', 'brand is "Polar Kids" (saw "Northwind Outdoor")'],
    ['cancelled', 'conditions_not_met', 'form is "Returns"'],
    ['cancelled', 'conditions_not_met', 'organization is_not "Alpine Club"'],
    ['cancelled', 'conditions_not_met', 'assignee is_not "ana@northwind.test" (saw "ana@northwind.test")'],
  ]);
});

const inAlpineClub = [{ field: 'organization' as const, operator: 'is' as const, value: 'Alpine Club' }];
test.each<[string, Conditions, string]>([
  ['excludes', { none: inAlpineClub }, 'conditions_not_met'],
  ['requires', { all: inAlpineClub }, 'sent'],
])(
  'a name that a condition %s is waited for until it is read from Zendesk, up to three days',
  async (_how, given, then) => {
    setConditions(given);
    await givenSolve(7, 'agent');
    await fixture.database.db.update(tickets).set({ organizationId: 3 });
    const nameOf = () => null;
    const reasons = async () => (await fixture.stored()).map(({ state, reason }) => reason ?? state);
    await expect(fixture.send({ nameOf })).resolves.toMatchObject({ sent: 0, cancelled: 0 });
    expect(await reasons()).toEqual(['scheduled']);
    fixture.setTime(60_000);
    await fixture.send();
    expect(await reasons()).toEqual([then]);

    await fixture.database.db
      .update(invitations)
      .set({ state: 'scheduled', reason: null, sentAt: null, tokenHash: null });
    fixture.setTime(3 * 86_400_000 + 60_000);
    await fixture.send({ nameOf });
    expect(await reasons()).toEqual(['too_late']);
  },
);

test('tickets that were escalated or reopened before the solve can be left out', async () => {
  const none = [
    { field: 'escalated' as const, operator: 'is' as const, value: true },
    { field: 'reopened' as const, operator: 'is' as const, value: true },
  ];
  const policy = aPolicy({ csat: { delay: '24h', sample: '100%', expires: '14d', conditions: { none } } });
  fixture.setPolicy({
    ...policy,
    tiers: [...policy.tiers, { id: 't2', name: 'Tier 2', group: 'Specialists', leads: [] }],
  });
  for (const id of [7, 8, 9]) await givenSolve(id, 'agent');
  const by = { actor: 'agent', actorId: 7 } as const;
  await recordHistory(fixture.database.db, [
    { ticketId: 8, at: minutesBefore(60), kind: 'escalated', value: 't2', ...by },
    { ticketId: 9, at: minutesBefore(60), kind: 'status', value: 'solved', ...by },
    { ticketId: 9, at: minutesBefore(30), kind: 'status', value: 'open', ...by },
  ]);
  await fixture.send();
  expect(await outcomes()).toEqual([
    ['sent', null, null],
    ['cancelled', 'conditions_not_met', 'escalated is_not true (saw true)'],
    ['cancelled', 'conditions_not_met', 'reopened is_not true (saw true)'],
  ]);
});

test('a customer whom the conditions leave out counts as not contacted', async () => {
  setConditions({ all: [{ field: 'solved_by', operator: 'is', value: 'agent' }] });
  await givenSolve(8, 'zendesk');
  await fixture.send();
  await fixture.givenDue(9, { requesterId: 508, solvedAt: MONDAY_NOON });
  await recordHistory(fixture.database.db, [
    { ticketId: 9, at: MONDAY_NOON, kind: 'status', value: 'solved', actor: 'agent' },
  ]);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});
