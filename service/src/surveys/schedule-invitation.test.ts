import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { cancelInvitations, type Solve, scheduleInvitation } from './schedule-invitation.ts';
import { invitations } from './tables.ts';
import { aPolicy, MONDAY_NOON } from './testing/survey-fixtures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

const HOUR = 3_600_000;
const later = (hours: number) => new Date(MONDAY_NOON.getTime() + hours * HOUR);
const aSolve = (parts: Partial<Solve> = {}): Solve => ({
  ticketId: 7,
  solvedAt: MONDAY_NOON,
  survey: 'csat',
  category: 'other',
  requesterId: 501,
  agentId: 11,
  policy: aPolicy(),
  now: MONDAY_NOON,
  ...parts,
});
const schedule = (parts: Partial<Solve> = {}) => database.db.transaction((tx) => scheduleInvitation(tx, aSolve(parts)));
const stored = (ticketId = 7) => database.db.select().from(invitations).where(eq(invitations.ticketId, ticketId));

test('a solve schedules an invitation, due after the delay of its survey', async () => {
  await expect(schedule()).resolves.toMatchObject({ outcome: 'scheduled', dueAt: later(24) });
  await expect(schedule({ ticketId: 8, survey: 'ces' })).resolves.toMatchObject({
    outcome: 'scheduled',
    dueAt: later(2),
  });
  await expect(stored()).resolves.toMatchObject([
    {
      state: 'scheduled',
      survey: 'csat',
      dueAt: later(24),
      requesterId: 501,
      agentId: 11,
      category: 'other',
      reason: null,
    },
  ]);
});

test('a delay in business hours counts only opening hours', async () => {
  const policy = aPolicy({ csat: { delay: '8bh', sample: '100%', expires: '14d' } });
  // Five hours are left on Monday, three more pass on Tuesday from nine.
  await expect(schedule({ policy })).resolves.toMatchObject({ dueAt: new Date('2026-11-24T17:00:00Z') });
});

test('the same solve reported twice, once in nanoseconds, gives one invitation', async () => {
  await schedule({ solvedAt: new Date(MONDAY_NOON.getTime() + 437) });
  await expect(schedule({ solvedAt: MONDAY_NOON })).resolves.toEqual({ outcome: 'already_there' });
  await database.db.transaction((tx) => cancelInvitations(tx, 7, 'reopened'));
  await expect(schedule({ solvedAt: MONDAY_NOON })).resolves.toEqual({ outcome: 'already_there' });
  await expect(stored()).resolves.toHaveLength(1);
});

test('two processes that see the same solve at the same moment write one invitation', async () => {
  const outcomes = await Promise.all([schedule(), schedule(), schedule()]);
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['already_there', 'already_there', 'scheduled']);
});

test('a ticket solved again after it was reopened gets another survey', async () => {
  await schedule();
  await database.db.transaction((tx) => cancelInvitations(tx, 7, 'reopened'));
  await expect(schedule({ solvedAt: later(5) })).resolves.toMatchObject({ outcome: 'scheduled' });
  await expect(stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'reopened' },
    { state: 'scheduled', reason: null },
  ]);
});

test('a customer who is not asked has an invitation with the reason', async () => {
  const nobody = aPolicy({ csat: { delay: '24h', sample: '0%', expires: '14d' } });
  const without = aPolicy({ csat: undefined });
  await expect(schedule({ policy: nobody })).resolves.toMatchObject({ outcome: 'not_asked', reason: 'sampled_out' });
  await expect(schedule({ ticketId: 8, policy: without })).resolves.toMatchObject({ reason: 'survey_not_configured' });
  await expect(schedule({ ticketId: 9, solvedAt: later(-24 * 90) })).resolves.toMatchObject({ reason: 'too_late' });
  await expect(stored()).resolves.toMatchObject([{ state: 'cancelled', reason: 'sampled_out' }]);
});

test('a demo does not wait', async () => {
  const dueAt = new Date(MONDAY_NOON.getTime() + 15_000);
  await expect(schedule({ delayOverrideMs: 15_000, solvedAt: later(-1) })).resolves.toMatchObject({ dueAt });
});

test('cancelling leaves mails being sent, and other tickets, unchanged', async () => {
  await schedule();
  await schedule({ ticketId: 8 });
  await database.db.update(invitations).set({ state: 'sending' }).where(eq(invitations.ticketId, 7));
  await expect(cancelInvitations(database.db, 7, 'spam')).resolves.toBe(0);
  await expect(stored(8)).resolves.toMatchObject([{ state: 'scheduled' }]);
  await expect(cancelInvitations(database.db, 8, 'spam')).resolves.toBe(1);
});
