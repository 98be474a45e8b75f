// Checks that old figures are deleted between two batches of the job that measures, not in the middle of one.
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { lockMeasures } from './measures/measure-batch.ts';
import { createHistoryRetention } from './retention.ts';
import { measures } from './tables.ts';
import { aMeasure } from './testing/a-measure.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('old measures are not deleted while tickets are measured', async () => {
  const { db } = database;
  await db.insert(measures).values({ ...aMeasure('arrival', '2026-01-18T15:00:00Z'), ticketId: 1 });
  const prune = createHistoryRetention(db);
  let pruned: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await lockMeasures(tx);
    pruned = prune(new Date('2026-11-20T00:00:00Z'), new AbortController().signal);
    await until('the deletion waits', async () => {
      const { rows } = await db.execute<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows[0]?.n === 1;
    });
    expect(await tx.select().from(measures)).toHaveLength(1);
  });
  await pruned;
  expect(await db.select().from(measures)).toEqual([]);
});
