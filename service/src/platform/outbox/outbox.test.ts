import { z } from 'zod';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { createOutbox, outboxFeature } from './outbox.ts';
import { outbox } from './tables.ts';
import { effectKind } from './work.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const LETTER = {
  name: 'letter',
  description: 'A letter',
  payload: z.unknown(),
  advise: () => '',
  whenInDoubt: 'retry' as const,
};

function aFeature() {
  const { db } = database;
  const kinds = [effectKind(LETTER, { round: async () => 0 })];
  const metrics = createMetrics({ db, logger: silentLogger });
  return outboxFeature({ db, kinds, metrics, enqueue: async () => undefined, logger: silentLogger });
}

const anEntry = (part: Partial<typeof outbox.$inferInsert>) =>
  database.db.insert(outbox).values({ kind: 'letter', key: 'k', payload: {}, dueAt: ago(60), ...part });

test('deletes entries that ended more than 30 days ago, and keeps dead-lettered and waiting ones', async () => {
  await anEntry({ key: 'a', state: 'done', finishedAt: daysAgo(31) });
  await anEntry({ key: 'b', state: 'cancelled', finishedAt: daysAgo(31) });
  await anEntry({ key: 'c', state: 'done', finishedAt: daysAgo(1) });
  await anEntry({ key: 'd', state: 'parked' });
  await anEntry({ key: 'e' });

  for (const deleteOld of aFeature().retention ?? []) await deleteOld(NOW, new AbortController().signal);

  expect((await database.db.select({ key: outbox.key }).from(outbox)).map(({ key }) => key).toSorted()).toEqual([
    'c',
    'd',
    'e',
  ]);
});

test.each([
  ['is due', { state: 'waiting', dueAt: ago(1) }, ['perform-effects']],
  ['is due later', { state: 'waiting', dueAt: ago(-60) }, []],
  ['is in work', { state: 'in_flight', claimedUntil: ago(-60) }, []],
  ['was left behind in work', { state: 'in_flight', claimedUntil: ago(1) }, ['perform-effects']],
  ['is dead-lettered', { state: 'parked' }, []],
] as const)('for an entry that %s, the sweep enqueues only what is due', async (_what, part, expected) => {
  await anEntry(part);
  const enqueued: string[] = [];
  const queue: Pick<JobQueue, 'enqueue' | 'enqueueMany'> = {
    enqueue: async ({ name }) => void enqueued.push(name),
    enqueueMany: async () => undefined,
  };

  await aFeature().sweep?.(queue);

  expect(enqueued).toEqual(expected);
});

test('a kind that fails entirely is retried later, and the other kinds are performed', async () => {
  const { db } = database;
  const rounds: string[] = [];
  const failing = effectKind({ ...LETTER, name: 'failing' }, { round: () => Promise.reject(new Error('a fault')) });
  const sound = effectKind(LETTER, { round: async () => rounds.push('letter') && 0 });

  const { againInMs } = await createOutbox({ db, kinds: [failing, sound], logger: silentLogger }).perform();

  expect(rounds).toEqual(['letter']);
  expect(againInMs).toBeGreaterThan(0);
  await expect(createOutbox({ db, kinds: [failing], logger: silentLogger }).perform()).rejects.toThrow('a fault');
});

test('entries that are settled at the same time are all counted', async () => {
  const { db } = database;
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await anEntry({ key, coalesceKey: key });
  const kind = effectKind(LETTER, {
    round: async (work) => {
      const [a = [], b = [], c = [], d = [], e = [], f = []] = await work.claim('fresh', 6);
      const settling = [work.done(a), work.performed(b), work.cancel(c, ''), work.cancel(d, '')];
      await Promise.all([...settling, work.deadLetter(e, ''), work.deadLetter(f, '')]);
      return 0;
    },
  });

  const summary = await createOutbox({ db, kinds: [kind], logger: silentLogger }).perform();

  expect(summary).toMatchObject({ done: 2, cancelled: 2, deadLettered: 2 });
});
