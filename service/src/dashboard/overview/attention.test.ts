import { sql } from 'drizzle-orm';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { reminders } from '../../alerts/tables.ts';
import { aMeasure, insertMeasures } from '../../history/testing/history-fixture.ts';
import { keepMailStatus } from '../../mail/mail-status.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { provisionedObjects } from '../../provision/tables.ts';
import { refundApprovals } from '../../refunds/tables.ts';
import { followUpAnswers, followUps } from '../../surveys/follow-ups/tables.ts';
import { invitations, responses } from '../../surveys/tables.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import { comments } from '../../tickets/tables.ts';
import { viewOverrules } from '../../views/tables.ts';
import { aDashboardApp, type DashboardApp } from '../testing/dashboard-app.ts';

let database: TestDatabase;
let fixture: DashboardApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  fixture = await aDashboardApp(database);
});
afterEach(async () => {
  await fixture.close();
  await database.clear();
});
afterAll(() => database.drop());

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(fixture.now() - hours * HOUR_MS);

/** What each item counts, and its tickets. */
async function attention(query = ''): Promise<Record<string, [n: number, ...ids: number[]]>> {
  const { body } = await request(fixture.app)
    .get(`/api/dashboard${query}`)
    .set('authorization', await fixture.bearer('agent'))
    .expect(200);
  return Object.fromEntries(
    body.attention.map(({ kind, n, tickets }: { kind: string; n: number; tickets: { id: number }[] }) => [
      kind,
      [n, ...tickets.map(({ id }) => id)],
    ]),
  );
}
const given = (id: number, part: Partial<TicketRow> = {}) =>
  fixture.givenTicket({ id, waitingSince: null, status: 'open', ...part });
const answer = (ticketId: number) =>
  database.db
    .insert(comments)
    .values({ id: ticketId, ticketId, author: 'agent', public: true, body: '', createdAt: hoursAgo(50) });

test('nothing needs it while nothing is wrong', async () => {
  await given(1, { waitingSince: hoursAgo(1) });
  expect(await attention()).toEqual({});
});

test('a reply that is overdue by the first target that fits, the longest first', async () => {
  await given(1, { waitingSince: hoursAgo(5) });
  await given(2, { waitingSince: hoursAgo(3) });
  // Answered before: the target of later replies.
  await given(3, { waitingSince: hoursAgo(5) });
  await answer(3);
  await given(4, { waitingSince: hoursAgo(9) });
  await answer(4);
  // Of a tier that has a target of its own, and of a department.
  await given(5, { waitingSince: hoursAgo(90), tier: 't2' });
  await given(6, { waitingSince: hoursAgo(90), groupId: 19 });
  await given(7, { waitingSince: hoursAgo(90), gone: 'merged' });
  expect(await attention()).toEqual({ overdue: [2, 4, 1] });
  expect(await attention('?tier=t2')).toEqual({});
});

test('a customer of whom somebody was reminded, until the target is missed or the wait ends', async () => {
  const reminded = async (ticketId: number, since: Date, step = 80) =>
    database.db.insert(reminders).values({ ticketId, kind: 'wait', since, step, notifiedAt: hoursAgo(0) });
  const [soon, late] = [hoursAgo(2), hoursAgo(5)];
  await given(1, { waitingSince: soon });
  await reminded(1, soon);
  // Overdue, answered meanwhile, and nobody was reminded yet.
  await given(2, { waitingSince: late });
  await reminded(2, late);
  await given(3, { waitingSince: hoursAgo(1) });
  await reminded(3, hoursAgo(9));
  await given(4, { waitingSince: hoursAgo(1) });
  expect(await attention()).toEqual({ overdue: [1, 2], due_soon: [1, 1] });
  expect(await attention('?tier=t2')).toEqual({});
});

test('a promise of which somebody was reminded, until an agent replies or the ticket is solved', async () => {
  for (const id of [1, 2, 3]) {
    await given(id, { status: id === 3 ? 'solved' : 'open' });
    await database.db
      .insert(reminders)
      .values({ ticketId: id, kind: 'promise', since: hoursAgo(60), step: 0, notifiedAt: hoursAgo(1) });
  }
  await answer(2);
  expect(await attention()).toEqual({ promise_due: [1, 1] });
});

test('a refund that waits for approval, until it is answered or expires', async () => {
  const asked = { agentId: 2, amountMinor: 9_000, currency: 'USD', rule: 'per_refund', askedAt: hoursAgo(2) } as const;
  const until = { 1: hoursAgo(-1), 2: hoursAgo(1), 3: hoursAgo(-1) };
  for (const id of [1, 2, 3] as const) {
    await given(id);
    const answered = id === 3 ? ({ state: 'declined', answeredBy: 3 } as const) : {};
    await database.db
      .insert(refundApprovals)
      .values({ ...asked, ticketId: id, requestId: `asked-${id}`, expiresAt: until[id], ...answered });
  }
  expect(await attention()).toEqual({ approvals_waiting: [1, 1] });
});

test('an open ticket that went back three times, or whose customer was unhappy', async () => {
  const at = hoursAgo(3).toISOString();
  for (const id of [1, 2, 3, 4]) await given(id, { status: id === 2 ? 'solved' : 'open' });
  for (const id of [1, 2])
    await insertMeasures(
      database.db,
      id,
      [1, 2, 3].map(() => aMeasure('bounce', at)),
    );
  await insertMeasures(database.db, 3, [aMeasure('bounce', at), aMeasure('bounce', at)]);
  await insertMeasures(database.db, 2, [aMeasure('csat', at, { score: 1 })]);
  await insertMeasures(database.db, 3, [aMeasure('ces', at, { score: 3 })]);
  // Answered again, better.
  await insertMeasures(database.db, 4, [
    aMeasure('csat', at, { score: 1 }),
    aMeasure('csat', hoursAgo(1).toISOString(), { score: 5 }),
  ]);
  expect(await attention()).toEqual({ bounced: [1, 1], unhappy_and_open: [1, 3] });
});

test('a follow-up whose customer nobody has reached in time', async () => {
  await given(1);
  const row = { survey: 'nps', action: 'new_ticket', openedAt: hoursAgo(50), dueAt: hoursAgo(2) } as const;
  await database.db.insert(followUps).values([
    { ...row, requesterId: 1, ticketId: 1 },
    { ...row, requesterId: 2 },
    { ...row, requesterId: 3, state: 'contacted' },
    { ...row, requesterId: 4, state: 'expired', endedAt: hoursAgo(1) },
    { ...row, requesterId: 5, dueAt: hoursAgo(-2) },
  ]);
  expect(await attention()).toEqual({ follow_up_overdue: [2, 1] });
  expect(await attention('?tier=t2')).toEqual({});
});

test('no follow-up of a customer whose answer is a good one now', async () => {
  const row = { survey: 'nps', action: 'new_ticket', openedAt: hoursAgo(50), dueAt: hoursAgo(2) } as const;
  const both = await database.db
    .insert(followUps)
    .values([1, 2].map((requesterId) => ({ ...row, requesterId })))
    .returning();
  const asked = { survey: 'nps', dueAt: hoursAgo(60), cause: 'campaign', state: 'answered' } as const;
  for (const { id: followUpId, requesterId } of both) {
    const [made] = await database.db
      .insert(invitations)
      .values({ ...asked, requesterId })
      .returning();
    const invitationId = made?.id ?? 0;
    const at = { answeredAt: hoursAgo(51), changedAt: hoursAgo(1) };
    await database.db.insert(responses).values({ invitationId, score: requesterId === 1 ? 2 : 9, ...at });
    await database.db.insert(followUpAnswers).values({ invitationId, followUpId, joinedAt: hoursAgo(50) });
  }
  expect(await attention()).toEqual({ follow_up_overdue: [1] });
});

test('what failed or was changed: effects that were set aside, mail, views that were changed back, drift', async () => {
  await given(1);
  await database.db.insert(outbox).values([
    { kind: 'ticket_change', key: 'a', ticketId: 1, payload: {}, state: 'parked' },
    { kind: 'slack_message', key: 'b', ticketId: null, payload: {}, state: 'parked' },
    { kind: 'ticket_change', key: 'c', ticketId: 1, payload: {}, state: 'done' },
  ]);
  await keepMailStatus(database.db, {
    problem: { kind: 'not_set', message: 'SMTP_URL is not set' },
    now: fixture.now(),
    isSent: false,
  });
  const overrule = { viewId: 1, title: 'Unassigned', found: {}, wanted: {}, overruled: 'Ana' };
  await database.db.insert(viewOverrules).values([
    { ...overrule, foundAt: hoursAgo(3) },
    { ...overrule, foundAt: hoursAgo(2) },
    { ...overrule, title: 'Old', foundAt: hoursAgo(24 * 30) },
  ]);
  const group = { kind: 'group', zendeskId: '7', origin: 'created', values: {} } as const;
  await database.db.insert(provisionedObjects).values([
    { ...group, key: 'group/tier/t1', name: 'First line' },
    {
      ...group,
      key: 'group/tier/t2',
      name: 'Second line',
      drift: { isDeleted: true, changes: [], by: null },
      driftAt: hoursAgo(1),
    },
  ]);
  expect(await attention()).toEqual({
    failed_effects: [2, 1],
    mail_failing: [1],
    overruled_views: [2],
    drifted_objects: [1],
  });
  expect(await attention('?tier=t1')).toMatchObject({ failed_effects: [1, 1] });
});

test('an answer that was set aside counts among what failed', async () => {
  const asked = { ticketId: null, survey: 'nps', requesterId: 5, dueAt: hoursAgo(9), state: 'answered' } as const;
  const [invitation] = await database.db.insert(invitations).values(asked).returning();
  const answered = { invitationId: invitation?.id ?? 0, answeredAt: hoursAgo(9), changedAt: hoursAgo(9) };
  await database.db.insert(responses).values({ ...answered, score: 2, failures: 5 });
  expect(await attention()).toEqual({ failed_effects: [1] });
});

test('it comes and goes with what is wrong, as it is announced', async () => {
  let told = 0;
  const leave = fixture.live.subscribeToAll(() => void (told += 1));
  await until(() => told > 0);
  const entry = { kind: 'slack_message', key: 'b', ticketId: null, payload: {} };
  await database.db.insert(outbox).values(entry);
  told = 0;
  await database.db.execute(sql`UPDATE outbox SET state = 'parked'`);
  await until(() => told > 0);
  leave();
  expect(await attention()).toEqual({ failed_effects: [1] });
});
