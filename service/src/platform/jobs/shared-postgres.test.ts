import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../testing/until.ts';
import { createQueue } from './create-queue.ts';
import { defineJob, type JobQueue, job, NOTHING } from './job-queue.ts';

const DEFINITIONS = Array.from({ length: 30 }, (_, n) => defineJob({ name: `job-${n}`, payload: NOTHING }));
const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let database: TestDatabase;
let queue: JobQueue;
const ran = new Set<string>();
beforeAll(async () => {
  database = await createTestDatabase();
  queue = await createQueue({ databaseUrl: database.url, redisUrl: null }, DEFINITIONS, {
    logger: { ...logger, child: () => logger } as never,
    clock: Date.now,
    maxWaitMs: 120_000,
  });
  const jobs = DEFINITIONS.map((definition) => job(definition, async () => void ran.add(definition.name)));
  await queue.startWorkers(jobs, { signal: new AbortController().signal });
});
afterAll(async () => {
  await queue.stop({ graceMs: 0 });
  await database.drop();
});

/** Process ids of the connections of the queue: all of them, or those that listen. */
async function connections({ listening = false } = {}): Promise<number[]> {
  const { rows } = await database.db.$client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND (NOT $1 OR query ~* '^(--[^\\n]*\\s*)*LISTEN ')`,
    [listening],
  );
  return rows.map(({ pid }) => pid);
}

async function runAll(): Promise<void> {
  ran.clear();
  for (const definition of DEFINITIONS) await queue.enqueue(definition, {});
  await until(() => ran.size === DEFINITIONS.length);
}

test('thirty jobs need one connection to listen, and no more connections than four of them', async () => {
  await runAll();
  await until(async () => (await connections({ listening: true })).length === 1);

  expect((await connections()).length).toBeLessThanOrEqual(4 + 6);
});

test('all workers listen again when their connection is cut', async () => {
  await runAll();
  const [before] = await connections({ listening: true });
  await database.db.$client.query('SELECT pg_terminate_backend($1)', [before]);
  await until(async () => (await connections({ listening: true })).some((pid) => pid !== before));

  await runAll();
});
