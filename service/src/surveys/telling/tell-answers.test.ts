import type { Policy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { SlackMessage } from '../../slack/slack-message.ts';
import { tickets } from '../../tickets/tables.ts';
import { surveyErasing } from '../erasing.ts';
import { followUpAnswers, followUps } from '../follow-ups/tables.ts';
import { invitations, responses, surveyChoices, surveySubmissions, toldAnswers } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { tellAnswers } from './tell-answers.ts';

let database: TestDatabase;
let now: number;
let policy: Policy;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  now = MONDAY_NOON.getTime();
  const csat = { delay: '24h', sample: '100%', expires: '14d' };
  policy = aPolicy({
    csat: {
      ...csat,
      slack: [
        { channel: 'all', words: true },
        { channel: 'rescue', scores: 'unhappy', words: false },
      ],
    },
    nps: {
      every: '90d',
      ask_again_after: '30d',
      expires: '14d',
      slack: [{ channel: 'all', scores: '0-6', words: true }],
    },
    pulse: { every: '30d', expires: '7d' },
  });
});
afterAll(() => database.drop());

const HOUR = 3_600_000;
const tell = (channels: readonly string[] = ['all', 'rescue']) =>
  tellAnswers({
    db: database.db,
    policy: () => policy,
    zendesk: 'https://northwind.zendesk.test',
    hasAddress: (channel) => channels.includes(channel),
    organizationName: (id) => (id === 9 ? 'Alpine Club' : null),
    onEffect: () => undefined,
    clock: () => now,
  });

type Row = typeof responses.$inferInsert;

async function answered(
  ticketId: number | null,
  part: Partial<Row> & {
    survey?: 'csat' | 'nps' | 'pulse';
    verdict?: 'human' | 'doubtful';
    points?: number;
    reasons?: string[];
  } = {},
): Promise<number> {
  const { survey = 'csat', verdict = 'human', points = 1, reasons = [], ...row } = part;
  if (ticketId !== null) await givenTicket(database.db, { id: ticketId });
  const { id } = await givenInvitation(database.db, { ticketId: ticketId ?? 0, survey, state: 'answered' }).then(
    async (made) => {
      if (ticketId === null)
        await database.db.update(invitations).set({ ticketId: null }).where(eq(invitations.id, made.id));
      return made;
    },
  );
  const at = new Date(now);
  const seen = { agentKind: 'browser', unlikeBrowser: false, gesture: true, signals: null, trapFilled: false } as const;
  const sent = { invitationId: id, at, agent: 'x', score: row.score ?? 2, final: true, seen, used: true } as const;
  const [submission] = await database.db
    .insert(surveySubmissions)
    .values({ ...sent, verdict, points, reasons })
    .returning();
  const answer = { score: 2, revision: 1, onTicket: 1, answeredAt: at, changedAt: at, ...row };
  await database.db.insert(responses).values({ invitationId: id, submissionId: submission?.id ?? null, ...answer });
  return id;
}
const change = (id: number, part: Partial<Row>) =>
  database.db
    .update(responses)
    .set({ changedAt: new Date(now), ...part })
    .where(eq(responses.invitationId, id));

const textOf = (parts: SlackMessage['summary']) =>
  parts.map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : part.text)).join('');
const messages = async () =>
  (await database.db.select().from(outbox).orderBy(outbox.id)).map(({ payload }) => payload as SlackMessage);
const said = async () => (await messages()).map(({ channel, summary }) => `${channel}: ${textOf(summary)}`);

test('a message about a bad score says that the customer did not agree to be contacted', async () => {
  await answered(7, { mayContact: false });
  await tell();
  expect((await messages())[0]?.lines.map(textOf)).toContain('The customer did not agree to be contacted.');
});

test('of a good score it does not say so: nobody would call', async () => {
  await answered(7, { mayContact: false, score: 5 });
  await tell();
  expect((await messages())[0]?.lines.map(textOf).join()).not.toContain('contacted');
});

test('an answer goes once to each channel of its score, with words only where the policy says so', async () => {
  const id = await answered(7, {
    comment: 'Two weeks\nfor a tent!',
    drivers: ['speed'],
    driversInWords: ['speed', 'other'],
    mayContact: true,
  });
  await database.db.update(tickets).set({ organizationId: 9 });
  await database.db.update(invitations).set({ locale: 'es-ES' });
  await Promise.all([tell(), tell(), tell()]);
  const [all, rescue, ...more] = await messages();
  expect(more).toEqual([]);
  expect(textOf(all?.summary ?? [])).toMatch(/^CSAT 2 of 5, unhappy · #7 · .+ · other$/);
  expect(all?.lines.map(textOf)).toEqual([
    '“Two weeks\nfor a tent!”',
    'The customer may be contacted.',
    'Alpine Club · Northwind Outdoor · Other · Dashboard',
  ]);
  expect(all?.thread).toEqual({ key: `answer:${id}`, as: 'first' });
  expect(JSON.stringify(all)).toContain('https://northwind.zendesk.test/agent/tickets/7');
  expect(JSON.stringify(all)).toContain('https://northwind.zendesk.test/agent/apps/deskwright');
  expect([all?.customerLocale, rescue?.customerLocale]).toEqual(['es-ES', undefined]);
  expect([rescue?.channel, /tent|Alpine/.test(JSON.stringify(rescue))]).toEqual(['rescue', false]);
});

test('channels are chosen by score and kind, and a pulse is never told', async () => {
  await answered(1, { score: 5 });
  await answered(null, { survey: 'nps', score: 3 });
  await answered(null, { survey: 'nps', score: 9 });
  await answered(null, { survey: 'pulse', score: 1 });
  await tell();
  expect(await said()).toEqual(['all: CSAT 5 of 5, happy · #1', 'all: NPS 3 of 10, detractor']);
});

test('a changed answer says so once, where it was told and where it is news', async () => {
  const id = await answered(7, { score: 5 });
  await tell();
  now += HOUR;
  await change(id, { score: 1, revision: 2, onTicket: 2 });
  await tell();
  await tell();
  now += HOUR;
  await change(id, { score: 4, comment: 'Solved', revision: 3, onTicket: 3 });
  await tell();
  expect(await said()).toEqual([
    'all: CSAT 5 of 5, happy · #7',
    'all: Changed: CSAT 1 of 5, unhappy, was 5 · #7',
    'rescue: CSAT 1 of 5, unhappy · #7',
    'all: Changed: CSAT 4 of 5, happy, was 1 · #7',
    'rescue: Changed: CSAT 4 of 5, happy, was 1 · #7',
  ]);
  expect((await messages()).map(({ thread }) => thread?.as)).toEqual([
    'first',
    'correction',
    'first',
    'correction',
    'correction',
  ]);
});

test('one that no longer counts is corrected once, and told again if it counts after all', async () => {
  const id = await answered(7);
  await tell();
  const [before] = await database.db.select().from(responses);
  await database.db.delete(responses);
  now += HOUR;
  await tell();
  await tell();
  expect((await said()).slice(2)).toEqual(
    ['all', 'rescue'].map(
      (channel) =>
        `${channel}: No longer counts: CSAT 2 of 5, unhappy · #7. It was given by a program that checks mail, not by the customer.`,
    ),
  );
  if (before) await database.db.insert(responses).values({ ...before, changedAt: new Date(now) });
  now += 1;
  await tell();
  expect((await said()).slice(4)).toEqual(['all: CSAT 2 of 5, unhappy · #7', 'rescue: CSAT 2 of 5, unhappy · #7']);
  expect(await database.db.select().from(toldAnswers)).toMatchObject([{ invitationId: id, withdrawn: false }]);
});

test('the follow-up of an answer is told in its thread, each state once', async () => {
  const id = await answered(7, { score: 1 });
  await tell(['all']);
  const at = new Date(now);
  const [made] = await database.db
    .insert(followUps)
    .values({
      requesterId: 501,
      survey: 'csat',
      action: 'new_ticket',
      openedAt: at,
      dueAt: at,
      ownerGroup: 'Retention',
    })
    .returning({ id: followUps.id });
  await database.db.insert(followUpAnswers).values({ invitationId: id, followUpId: made?.id ?? 0, joinedAt: at });
  // It is told of with its ticket.
  await tell(['all']);
  for (const part of [
    { ticketId: 70 },
    { reminded: 75 },
    { reminded: 100 },
    { state: 'contacted' as const },
    { state: 'closed' as const, endedAt: at },
  ]) {
    await database.db.update(followUps).set(part);
    now += 60_000;
    await tell(['all']);
    await tell(['all']);
  }
  expect((await said()).slice(1)).toEqual([
    'all: Follow-up · #7: open · #70 · Retention · due 23 November 2026, 12:00 GMT-5',
    'all: Follow-up · #7: nobody has reached the customer yet · #70 · Retention · due 23 November 2026, 12:00 GMT-5',
    'all: Follow-up · #7: overdue, nobody has reached the customer · #70 · Retention · due 23 November 2026, 12:00 GMT-5',
    'all: Follow-up · #7: the customer was contacted · #70 · Retention',
    'all: Follow-up · #7: closed · #70 · Retention',
  ]);
  expect((await messages()).slice(1).map(({ thread }) => thread)).toEqual(
    [1, 2, 3, 4, 5].map(() => ({ key: `answer:${id}`, as: 'reply' })),
  );
});

test('a follow-up that ended before it had a ticket is not told', async () => {
  const id = await answered(7, { score: 1 });
  await tell(['all']);
  const at = new Date(now);
  const ended = {
    survey: 'csat',
    action: 'new_ticket',
    openedAt: at,
    dueAt: at,
    state: 'expired',
    endedAt: at,
  } as const;
  const [made] = await database.db
    .insert(followUps)
    .values({ ...ended, requesterId: 501 })
    .returning({ id: followUps.id });
  await database.db.insert(followUpAnswers).values({ invitationId: id, followUpId: made?.id ?? 0, joinedAt: at });
  await tell(['all']);
  expect(await said()).toHaveLength(1);
});

test.each([
  ['has words of its own', { points: -2, reasons: ['own_words', 'agent_is_scanner'] }],
  ['shows that the page was used', { points: 1, reasons: ['page_used', 'steered_by_program'] }],
  ['was sent with a gesture', { points: 2, reasons: ['gesture', 'time_to_read'] }],
])('a doubtful one that %s is told at once, as doubtful', async (_, part) => {
  await answered(1, { verdict: 'doubtful', ...part });
  await tell(['rescue']);
  expect(await said()).toEqual(['rescue: CSAT 2 of 5, unhappy (doubtful) · #1']);
  expect((await messages())[0]?.lines.map(textOf)[0]).toBe('It is not certain that a person gave this answer.');
});

test('a doubtful one without any of these waits for an hour, for an admin, or until nothing contradicts it', async () => {
  await answered(1, { verdict: 'doubtful', points: 0, reasons: ['gesture', 'minute_after_delivery'] });
  const chosen = await answered(2, { verdict: 'doubtful' });
  const confirmed = await answered(3, { verdict: 'doubtful', reasons: ['time_to_read'] });
  const released = await answered(4, { verdict: 'doubtful' });
  await tell();
  expect(await said()).toEqual([]);
  await database.db.update(responses).set({ confirmed: true }).where(eq(responses.invitationId, confirmed));
  const by = { at: new Date(now), who: 'x', why: 'x' };
  for (const invitationId of [chosen, released]) {
    const [answer] = await database.db.select().from(responses).where(eq(responses.invitationId, invitationId));
    const submissionId = answer?.submissionId ?? null;
    await database.db.insert(surveyChoices).values({ invitationId, submissionId, ...by });
  }
  await database.db.insert(surveyChoices).values({ invitationId: released, submissionId: null, ...by });
  await tell(['rescue']);
  expect(await said()).toEqual(['rescue: CSAT 2 of 5, unhappy · #2', 'rescue: CSAT 2 of 5, unhappy · #3']);
  now += HOUR + 1;
  await tell(['rescue']);
  expect((await said()).slice(2)).toEqual([
    'rescue: CSAT 2 of 5, unhappy (doubtful) · #1',
    'rescue: CSAT 2 of 5, unhappy (doubtful) · #4',
  ]);
});

test('what is still being written is not told, nor what is older than a day', async () => {
  const id = await answered(1, { onTicket: null });
  await tell();
  expect(await said()).toEqual([]);
  await change(id, { onTicket: 1 });
  now += 25 * HOUR;
  await tell();
  expect(await said()).toEqual([]);
});

test('what a channel without an address would have got is not told once it has one', async () => {
  await answered(1);
  await tell([]);
  await tell();
  expect(await said()).toEqual([]);
});

test('more than one transaction takes are all told, in their order', async () => {
  policy = aPolicy({
    ...policy.surveys,
    csat: { ...policy.surveys.csat, slack: [{ channel: 'all', words: true }] } as never,
  });
  await givenTicket(database.db, { id: 1 });
  const made = await database.db
    .insert(invitations)
    .values(
      Array.from({ length: 1_100 }, (_, n) => ({
        ticketId: 1,
        survey: 'csat' as const,
        requesterId: n + 1,
        dueAt: MONDAY_NOON,
        state: 'answered' as const,
      })),
    )
    .returning({ id: invitations.id });
  const at = (n: number) => new Date(now - 2_000 + n);
  await database.db
    .insert(responses)
    .values(
      made.map(({ id }, n) => ({ invitationId: id, score: 4, onTicket: 1, answeredAt: at(n), changedAt: at(n) })),
    );
  expect(await tell()).toBe(1_100);
  const keys = (await messages()).map(({ thread }) => thread?.key);
  expect(keys).toEqual(made.map(({ id }) => `answer:${id}`));
});

test('forgetting a customer takes their words from what waits and from what was sent', async () => {
  await answered(7, { comment: 'my secret tent' });
  await answered(null, { survey: 'nps', score: 0, comment: 'my other secret' });
  await tell();
  await database.db.update(outbox).set({ state: 'done' }).where(eq(outbox.ticketId, 7));
  expect(JSON.stringify(await messages())).toContain('secret');
  await database.db.transaction((tx) =>
    surveyErasing.onEraseCustomers(tx, { ids: [501], addresses: [], now: new Date(now) }),
  );
  expect(JSON.stringify(await messages())).not.toContain('secret');
  const rows = await database.db.select({ state: outbox.state }).from(outbox).orderBy(outbox.id);
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'cancelled']);
});

test('while Deskwright only watches nothing is to be sent', async () => {
  const who = { scope: 'all', groupId: null, groupName: null, who: 'test', why: null } as const;
  await recordActivation(database.db, { mode: 'observe', ...who });
  await answered(7);
  await tell();
  const rows = await database.db.select({ state: outbox.state }).from(outbox);
  expect(rows.map(({ state }) => state)).toEqual(['observed', 'observed']);
});
