// May another ticket be written now?
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

/**
 * One row, shared by all processes, on the database's clock (theirs may differ). Tokens run in at `writesPerMinute`; up to ten
 * seconds' worth may gather, so that a burst starts at once and a minute never sees more than a sixth above the rate.
 */
const NAME = 'zendesk';
const burstOf = (writesPerMinute: number): number => Math.max(1, writesPerMinute / 6);

export type Budget = { granted: true } | { granted: false; waitMs: number };

/**
 * Takes one write. `waitMs`: when there may be one. An `urgent` one, for an agent who waits, may put the budget into debt, and others
 * wait the longer; while Zendesk wants no writes it waits like all. One with `spare` leaves so many to others. `name`: another
 * budget, kept in the same way.
 */
export async function takeWrite(
  db: Queryable,
  writesPerMinute: number,
  { urgent = false, spare = 0, name = NAME }: { urgent?: boolean; spare?: number; name?: string } = {},
): Promise<Budget> {
  const burst = burstOf(writesPerMinute);
  const least = Math.min(burst, 1 + spare);
  const perMs = writesPerMinute / 60_000;
  const { rows } = await db.execute<{ granted: boolean; wait_ms: number | null }>(sql`
    WITH taken AS (
      INSERT INTO write_budget AS b (name, tokens, refilled_at) VALUES (${name}, ${burst - 1}::float8, clock_timestamp())
      ON CONFLICT (name) DO UPDATE SET tokens = ${refilled(burst, perMs)} - 1,
        refilled_at = greatest(b.refilled_at, clock_timestamp())
      WHERE coalesce(b.blocked_until <= clock_timestamp(), true) AND (${urgent} OR ${refilled(burst, perMs)} >= ${least}::float8)
      RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM taken) AS granted,
      (SELECT greatest(
          (${least}::float8 - ${refilled(burst, perMs)}) / ${perMs}::float8
            + greatest(0, extract(epoch FROM b.refilled_at - clock_timestamp()) * 1000),
          coalesce(extract(epoch FROM b.blocked_until - clock_timestamp()) * 1000, 0))::float8
       FROM write_budget b WHERE b.name = ${name}) AS wait_ms`);
  const [row] = rows;
  if (row?.granted) return { granted: true };
  // Another process may have taken the token between the two readings: then the wait reads as none.
  return { granted: false, waitMs: Math.max(50, Math.ceil(row?.wait_ms ?? 0)) };
}

/** Takes a write that cannot wait: the budget may go into debt, and others wait the longer. */
export async function chargeWrite(db: Queryable): Promise<Budget> {
  await db.execute(sql`UPDATE write_budget SET tokens = tokens - 1 WHERE name = ${NAME}`);
  return { granted: true };
}

/** A write that was taken and not used. */
export async function giveBackWrite(db: Queryable): Promise<void> {
  await db.execute(sql`UPDATE write_budget SET tokens = tokens + 1 WHERE name = ${NAME}`);
}

/** Nobody writes for so long: Zendesk said to wait, or does not answer. A longer wait stands. */
export async function blockWrites(db: Queryable, ms: number): Promise<void> {
  await db.execute(sql`
    INSERT INTO write_budget AS b (name, tokens, refilled_at, blocked_until)
    VALUES (${NAME}, 0, clock_timestamp(), clock_timestamp() + ${ms}::float8 * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET blocked_until = greatest(b.blocked_until, excluded.blocked_until)`);
}

function refilled(burst: number, perMs: number): SQL {
  return sql`least(${burst}::float8, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.refilled_at)::float8 * 1000) * ${perMs}::float8)`;
}
