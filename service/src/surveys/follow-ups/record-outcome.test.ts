import { eq } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  LENA,
  OMAR,
  T2,
} from '../../sidebar/actions/testing/actions-fixture.ts';
import { readCard } from '../../sidebar/card/read-card.ts';
import type { Agent } from '../../sidebar/index.ts';
import { invitations, responses, unsubscribed } from '../tables.ts';
import { followUpSection } from './follow-up-section.ts';
import { recordOutcome } from './record-outcome.ts';
import { followUpAnswers, followUps } from './tables.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
  await fixture.placed(43);
});
afterAll(() => database.drop());

const AT = new Date('2026-11-23T17:00:00Z');

/** Ticket 42 follows up a detractor's answer. */
async function givenFollowUp(): Promise<number> {
  const { db } = database;
  const asked = { survey: 'nps', cause: 'campaign', requesterId: 900, dueAt: AT, state: 'answered' } as const;
  const [invitation] = await db.insert(invitations).values(asked).returning();
  const invitationId = invitation?.id ?? 0;
  const given = { invitationId, score: 3, comment: 'Slow.', drivers: ['speed'], answeredAt: AT, changedAt: AT };
  await db.insert(responses).values(given);
  const row = { requesterId: 900, survey: 'nps', action: 'new_ticket', ticketId: 42, openedAt: AT, dueAt: AT } as const;
  const [opened] = await db.insert(followUps).values(row).returning();
  await db.insert(followUpAnswers).values({ invitationId, followUpId: opened?.id ?? 0, joinedAt: AT });
  return opened?.id ?? 0;
}
let sent = 0;
const record = (
  followUpId: number,
  outcome: string,
  rootCause: string | null = null,
  agent: Agent = LENA,
  requestId = `form-${++sent}-of-test`,
) =>
  fixture.performs(recordOutcome, 42, agent, { followUpId, outcome, rootCause, note: ' She will stay. ', requestId });
const stored = async () => (await database.db.select().from(followUps))[0];
async function card(ticketId: number, agent = LENA) {
  const { policy, directory } = fixture.deps;
  const deps = { db: database.db, policy, directory, sections: [followUpSection], clock: Date.now };
  return (await readCard({ ...deps, logger: silentLogger }, { ticketId, agent }))?.followUp;
}

test('an outcome is recorded with its cause, in a note, a tag and the history, and ends the follow-up', async () => {
  const id = await givenFollowUp();
  expect(await record(id, 'reached')).toEqual({ kind: 'done' });
  expect(await stored()).toMatchObject({ state: 'contacted', contactedAt: expect.any(Date), endedAt: null });
  await fixture.perform();
  expect(await record(id, 'resolved', 'speed')).toEqual({ kind: 'done' });
  expect(await stored()).toMatchObject({
    state: 'closed',
    outcome: 'resolved',
    rootCause: 'speed',
    note: 'She will stay.',
    recordedBy: LENA.id,
    endedAt: expect.any(Date),
  });
  await fixture.perform();
  expect(fixture.notes(42)).toContain(
    'Outcome of the follow-up, recorded by Lena Fischer: Resolved, cause: speed\n\nShe will stay.',
  );
  expect(fixture.inZendesk(42).tags).toContain('follow_up__resolved');
  expect(fixture.inZendesk(42).tags).not.toContain('follow_up__reached');
  const kinds = (await readHistory(database.db, [42])).filter(({ kind }) => kind === 'follow_up_outcome');
  expect(kinds.map(({ value, actorId }) => [value, actorId])).toEqual([
    ['reached', LENA.id],
    ['resolved', LENA.id],
  ]);
});

test('a form that arrives twice is recorded once, also after another one; one filled in again in the same words is recorded', async () => {
  const id = await givenFollowUp();
  const outcomes = async () =>
    (await readHistory(database.db, [42])).flatMap(({ kind, value }) => (kind === 'follow_up_outcome' ? [value] : []));
  await record(id, 'not_reached', null, LENA, 'first-form');
  await record(id, 'reached');
  const before = await stored();
  expect(await record(id, 'not_reached', null, LENA, 'first-form')).toEqual({ kind: 'done' });
  expect(await stored()).toEqual(before);
  await record(id, 'reached');
  expect(await outcomes()).toEqual(['not_reached', 'reached', 'reached']);
});

describe('surveying a customer again who was reached', () => {
  const DAY = 86_400_000;
  const again = async () => {
    const rows = await database.db.select().from(invitations).where(eq(invitations.state, 'scheduled'));
    return rows.map(({ requesterId, survey, dueAt }) => [
      requesterId,
      survey,
      Math.round((dueAt.getTime() - Date.now()) / DAY),
    ]);
  };
  const setPolicy = (ask_again: boolean) => {
    const { policy } = fixture.deps.policy.current();
    const follow_up = { action: 'new_ticket' as const, due_in: '48bh', tags: [], ask_again };
    policy.surveys.nps = { every: '90d', ask_again_after: '20d', expires: '14d', follow_up };
    policy.surveys.contact_at_most_every = '30d';
  };

  test('happens once, after the time of the policy, and is in the note', async () => {
    setPolicy(true);
    const id = await givenFollowUp();
    await record(id, 'not_reached');
    expect(await again()).toEqual([]);
    await record(id, 'reached');
    await record(id, 'resolved', 'speed');
    expect(await again()).toEqual([[900, 'nps', 20]]);
    await fixture.perform();
    const notes = fixture.notes(42).filter((note) => /The customer is surveyed again \(NPS\): \d/.test(note));
    expect(notes).toHaveLength(1);
  });

  test('waits for the rest between two surveys, so that it is not skipped', async () => {
    setPolicy(true);
    const id = await givenFollowUp();
    const sentAt = new Date(Date.now() - 2 * DAY);
    await database.db.update(invitations).set({ sentAt });
    await record(id, 'reached');
    expect(await again()).toEqual([[900, 'nps', 28]]);
  });

  test('does not happen to who has unsubscribed, and the note does not promise it', async () => {
    setPolicy(true);
    const id = await givenFollowUp();
    await database.db.update(invitations).set({ recipient: 'ana@example.com' });
    await database.db.insert(unsubscribed).values({ email: 'ana@example.com' });
    await record(id, 'reached');
    expect(await again()).toEqual([]);
    await fixture.perform();
    expect(fixture.notes(42).filter((note) => note.includes('surveyed again'))).toEqual([]);
  });

  test('happens neither without the option nor after another survey', async () => {
    setPolicy(false);
    const id = await givenFollowUp();
    await record(id, 'reached');
    setPolicy(true);
    await database.db.update(followUps).set({ contactedAt: null });
    await database.db.update(invitations).set({ survey: 'csat' });
    await record(id, 'reached');
    expect(await again()).toEqual([]);
  });
});

test.each([
  [
    'of another ticket',
    'not_found',
    async (id: number) =>
      fixture.performs(recordOutcome, 43, LENA, {
        followUpId: id,
        outcome: 'reached',
        rootCause: null,
        note: '',
        requestId: 'another-ticket',
      }),
  ],
  ['that the policy does not have', 'choice_gone', (id: number) => record(id, 'forgiven')],
  ['without the cause that it needs', 'fields_missing', (id: number) => record(id, 'resolved')],
  [
    'by somebody who may only read',
    'read_only',
    (id: number) => record(id, 'reached', null, { ...LENA, may: { ...LENA.may, edit: false } }),
  ],
] as const)('an outcome %s is refused', async (_what, error, attempt) => {
  const id = await givenFollowUp();
  expect(await attempt(id)).toMatchObject({ kind: 'refused', refusal: { error } });
  expect(await stored()).toMatchObject({ outcome: null, state: 'open' });
});

test('only those whom the policy names record outcomes', async () => {
  const { policy } = fixture.deps.policy.current();
  policy.surveys.follow_ups.recorded_by = { tiers: ['t3'], agents: ['Omar@northwind.test'] };
  const id = await givenFollowUp();
  expect(await record(id, 'reached')).toMatchObject({ kind: 'refused', refusal: { error: 'forbidden' } });
  expect((await card(42))?.choices).toBeNull();
  expect(await record(id, 'reached', null, OMAR)).toEqual({ kind: 'done' });
});

test('the sidebar shows why, by when and what can be recorded; beside other tickets of the customer only that there is one', async () => {
  const id = await givenFollowUp();
  expect(await card(42)).toMatchObject({
    id,
    ticketId: 42,
    state: 'open',
    dueAt: AT.toISOString(),
    answers: [
      {
        survey: 'nps',
        score: 3,
        outOf: 10,
        drivers: [{ en: 'How fast it went', de: 'Wie schnell es ging' }],
        comment: 'Slow.',
      },
    ],
    choices: { outcomes: expect.arrayContaining([{ id: 'resolved', name: null, needsCause: true }]) },
    recorded: null,
  });
  expect(await card(43)).toMatchObject({ id, ticketId: 42, answers: [], choices: null, recorded: null });
  await record(id, 'resolved', 'speed');
  expect(await card(42)).toMatchObject({
    recorded: { outcome: { id: 'resolved' }, rootCause: { id: 'speed' }, note: 'She will stay.' },
  });
  expect(await card(43)).toBeNull();
});

test('beside other tickets, agents who may not see its ticket, or the one that its answer is about, learn nothing of it', async () => {
  await givenFollowUp();
  const limited: Agent = { ...LENA, sees: 'groups', groupIds: [T2] };
  expect(await card(43)).toMatchObject({ ticketId: 42 });
  expect(await card(43, limited)).toBeNull();
  await database.db.update(followUps).set({ ticketId: null, sourceTicketId: 42 });
  expect(await card(43)).toMatchObject({ ticketId: null });
  expect(await card(43, limited)).toBeNull();
});
