import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Database } from '../storage/database.ts';
import { isCovered } from './activation.ts';
import { claimEntries, claimJobOutside } from './claim.ts';
import { countDue, type Lane, readNextWork } from './due.ts';
import type { EffectDefinition } from './effect-definition.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // The tests run ANALYZE themselves. Autovacuum might run in the middle of the insert, before the rows are visible.
  await database.db.execute(sql`ALTER TABLE outbox SET (autovacuum_enabled = false)`);
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const LETTER: EffectDefinition<object> = {
  name: 'letter',
  description: 'A letter',
  payload: z.looseObject({}),
  whenInDoubt: 'retry',
  advise: () => 'Look at the address.',
};
const LETTERS = { name: LETTER.name, isCovered: isCovered(LETTER) };

const WAITING = 20_000;
const MOST = 1_000;
const LANES: readonly Lane[] = ['urgent', 'retries', 'suspects', 'fresh'];

/** Rows of the outbox that `work` reads. */
async function readBy(work: (db: Database) => Promise<unknown>): Promise<number> {
  return database.db.transaction(async (tx) => {
    // Earlier work of the same connection may not be included yet.
    const soFar = async () => {
      const { rows } = await tx.execute<{ n: number }>(sql`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables WHERE relname = 'outbox'`);
      return rows[0]?.n ?? Number.NaN;
    };
    const before = await soFar();
    await work(tx as unknown as Database);
    return (await soFar()) - before;
  });
}

describe.each([
  ['are due', ''],
  ['are due later', "UPDATE outbox SET due_at = now() + interval '1 hour'"],
  ['wait after a failure', "UPDATE outbox SET alone = true, due_at = now() + interval '1 hour'"],
  ['are in doubt', "UPDATE outbox SET state = 'in_flight', claimed_until = now()"],
  [
    'are of keys in flight',
    "UPDATE outbox SET state = 'in_flight', claimed_until = now() + interval '1 hour' WHERE ticket_id % 100 = 0",
  ],
])('where many effects %s', (_what, change) => {
  test.each(['just now', 'and PostgreSQL knows'])('each step reads a bounded part of them: %s', async (statistics) => {
    await database.db.execute(sql`
      INSERT INTO outbox (kind, key, ticket_id, payload) SELECT 'letter', 'letter:' || n, n, '{}' FROM generate_series(1, ${sql.raw(String(WAITING))}) AS n`);
    if (change) await database.db.execute(sql.raw(change));
    if (statistics === 'and PostgreSQL knows') await database.db.execute(sql`ANALYZE outbox`);
    for (const lane of LANES) {
      const options = { lane, groups: 5, leaseMs: 60_000 };
      const claimed = await readBy((db) => claimEntries(db, LETTER, options));
      const counted = await readBy((db) => countDue(db, LETTERS, lane, 6));
      expect({ lane, claimed: claimed < MOST, counted: counted < MOST }).toEqual({
        lane,
        claimed: true,
        counted: true,
      });
    }
    expect(await readBy((db) => readNextWork(db, LETTERS))).toBeLessThan(MOST);
    expect(await readBy((db) => claimJobOutside(db, LETTER, 60_000))).toBeLessThan(MOST);
  });
});
