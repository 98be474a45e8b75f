import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import { sweepInvitations } from '../surveys/send-due-invitations.ts';
import { invitations } from '../surveys/tables.ts';
import { sweepTickets } from './jobs.ts';
import { inbox } from './tables.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

async function sweepNow(): Promise<unknown[]> {
  const enqueued: unknown[] = [];
  const queue: Pick<JobQueue, 'enqueue' | 'enqueueMany'> = {
    enqueue: async ({ name }) => void enqueued.push(name),
    enqueueMany: async ({ name }, payloads) => void enqueued.push([name, payloads]),
  };
  const deps = { db: database.db, clock: () => NOW.getTime() };
  for (const sweep of [sweepTickets(deps), sweepInvitations(deps)]) await sweep(queue);
  return enqueued;
}

const anEvent = (batch: number, parts: Partial<typeof inbox.$inferInsert> = {}) =>
  database.db.insert(inbox).values({ batch, type: 'trigger', body: {}, receivedAt: ago(60), ...parts });
const anInvitation = (parts: Partial<typeof invitations.$inferInsert>) =>
  database.db.insert(invitations).values({
    ticketId: 1,
    solvedAt: ago(600),
    survey: 'csat',
    category: 'other',
    requesterId: 2,
    dueAt: ago(60),
    ...parts,
  });

test('enqueues a job for every batch with waiting events, but not for finished, dead-lettered and recent ones', async () => {
  await anEvent(1);
  await anEvent(1, { state: 'decided' });
  await anEvent(2, { state: 'decided' });
  await anEvent(3, { state: 'parked' });
  await anEvent(4, { receivedAt: ago(1) });
  await anEvent(5);

  expect(await sweepNow()).toEqual([['process-batch', [{ batch: 1 }, { batch: 5 }]]]);
});

test('enqueues one job for a ticket with more than fifty waiting events, instead of one for each of its batches', async () => {
  for (let batch = 1; batch <= 51; batch += 1) await anEvent(batch, { ticketId: 7, receivedAt: ago(batch) });
  for (let batch = 1; batch <= 50; batch += 10) await anEvent(batch, { ticketId: 8 });
  await anEvent(60, { ticketId: 9 });
  await anEvent(61);

  expect(await sweepNow()).toEqual([
    ['process-batch', [1, 11, 21, 31, 41, 60, 61].map((batch) => ({ batch }))],
    ['process-flood', [{ ticketId: 7 }]],
  ]);
});

test('enqueues more batches than fit in one call in several calls', async () => {
  await database.db
    .insert(inbox)
    .values(
      Array.from({ length: 1_200 }, (_, i) => ({ batch: i + 1, type: 'trigger', body: {}, receivedAt: ago(60) })),
    );

  const enqueued = await sweepNow();

  expect(enqueued.flatMap((call) => (call as [string, unknown[]])[1].length)).toEqual([500, 500, 200]);
});

test.each([
  ['is due', { state: 'scheduled', dueAt: ago(1) }, true],
  ['is due later', { state: 'scheduled', dueAt: ago(-60) }, false],
  ['is sent', { state: 'sent', dueAt: ago(1) }, false],
] as const)('for an invitation that %s, enqueues sending: %s', async (_what, parts, kicked) => {
  await anInvitation(parts);

  expect((await sweepNow()).includes('send-invitations')).toBe(kicked);
});
