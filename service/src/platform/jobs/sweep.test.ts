import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { inbox, invitations, outbox } from '../storage/schema.ts';
import { until } from '../testing/until.ts';
import { keepSweeping } from './keep-sweeping.ts';
import { sweep } from './sweep.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

async function sweepNow() {
  const asked: unknown[] = [];
  const queue = {
    declare: async () => void asked.push('declare'),
    enqueue: async (name: string) => void asked.push(name),
    enqueueMany: async (name: string, payloads: readonly unknown[]) => void asked.push([name, payloads]),
  };
  const report = await sweep({ db: database.db, queue, clock: () => NOW.getTime() });
  return { asked, report };
}

const anEvent = (batch: number, wishes: Partial<typeof inbox.$inferInsert> = {}) =>
  database.db.insert(inbox).values({ batch, type: 'trigger', body: {}, receivedAt: ago(60), ...wishes });
const anEffect = (wishes: Partial<typeof outbox.$inferInsert>) =>
  database.db.insert(outbox).values({ kind: 'ticket_change', key: 'k', payload: {}, dueAt: ago(60), ...wishes });
const anInvitation = (wishes: Partial<typeof invitations.$inferInsert>) =>
  database.db.insert(invitations).values({
    ticketId: 1,
    solvedAt: ago(600),
    survey: 'csat',
    category: 'other',
    requesterId: 2,
    dueAt: ago(60),
    ...wishes,
  });

test('every batch with waiting events gets a job; finished, parked and fresh ones do not', async () => {
  await anEvent(1);
  await anEvent(1, { state: 'decided' });
  await anEvent(2, { state: 'decided' });
  await anEvent(3, { state: 'parked' });
  await anEvent(4, { receivedAt: ago(1) });
  await anEvent(5);

  const { asked, report } = await sweepNow();

  expect(asked).toEqual(['declare', ['process-batch', [{ batch: 1 }, { batch: 5 }]]]);
  expect(report).toEqual({ batches: 2, effects: false, invitations: false });
});

test('more batches than go in one call go in several', async () => {
  await database.db
    .insert(inbox)
    .values(
      Array.from({ length: 1_200 }, (_, i) => ({ batch: i + 1, type: 'trigger', body: {}, receivedAt: ago(60) })),
    );

  const { asked } = await sweepNow();

  expect(asked.slice(1).flatMap((call) => (call as [string, unknown[]])[1].length)).toEqual([500, 500, 200]);
});

test.each([
  ['is due', { state: 'waiting', dueAt: ago(1) }, true],
  ['is due later', { state: 'waiting', dueAt: ago(-60) }, false],
  ['is in work', { state: 'in_flight', claimedUntil: ago(-60) }, false],
  ['was left behind in work', { state: 'in_flight', claimedUntil: ago(1) }, true],
  ['is parked', { state: 'parked' }, false],
] as const)('an effect that %s: work is kicked = %s', async (_what, wishes, kicked) => {
  await anEffect(wishes);

  expect((await sweepNow()).asked.includes('perform-effects')).toBe(kicked);
});

test.each([
  ['is due', { state: 'scheduled', dueAt: ago(1) }, true],
  ['is due later', { state: 'scheduled', dueAt: ago(-60) }, false],
  ['is sent', { state: 'sent', dueAt: ago(1) }, false],
] as const)('an invitation that %s: sending is kicked = %s', async (_what, wishes, kicked) => {
  await anInvitation(wishes);

  expect((await sweepNow()).asked.includes('send-invitations')).toBe(kicked);
});

test('sweeping goes on after a failure, which is told once, and ends when asked', async () => {
  const warnings: unknown[] = [];
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (...said: unknown[]) => void warnings.push(said),
    child: () => logger,
  };
  const stop = new AbortController();
  let sweeps = 0;
  const ended = keepSweeping({
    sweep: async () => {
      sweeps += 1;
      if (sweeps <= 2) throw new Error('away');
      return { batches: 0, effects: false, invitations: false };
    },
    logger,
    signal: stop.signal,
    everyMs: 5,
  });
  await until(() => sweeps >= 4);
  stop.abort();
  await ended;

  expect(warnings).toHaveLength(1);
});
