// Limits the rate of external calls across all processes, with a token bucket per name.
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';

/**
 * One row per name, on the database's clock (those of processes may differ). Tokens are refilled at `perMinute`, up to ten seconds' worth, so that
 * a burst starts at once and no minute exceeds the rate by more than a sixth.
 */
export const burstOf = (perMinute: number): number => Math.max(1, perMinute / 6);

export type Budget = { granted: true } | { granted: false; waitMs: number };

/**
 * Takes one token. `waitMs`: when there may be one. An `urgent` one, for a waiting person, may put the bucket into debt, and others wait
 * longer; a blocked bucket makes it wait like the others. `spare`: takes one only if this many remain. `burst`: tokens that a full bucket holds.
 */
export async function takeToken(
  db: Queryable,
  name: string,
  perMinute: number,
  { urgent = false, spare = 0, burst = burstOf(perMinute) }: { urgent?: boolean; spare?: number; burst?: number } = {},
): Promise<Budget> {
  const least = Math.min(burst, 1 + spare);
  const perMs = perMinute / 60_000;
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
  // Another process may have taken the token between the two reads: then the computed wait is zero.
  return { granted: false, waitMs: Math.max(50, Math.ceil(row?.wait_ms ?? 0)) };
}

/** Takes a token without waiting: the bucket may go into debt, and others wait longer. */
export async function chargeToken(db: Queryable, name: string): Promise<Budget> {
  await db.execute(sql`UPDATE write_budget SET tokens = tokens - 1 WHERE name = ${name}`);
  return { granted: true };
}

/** Returns an unused token. */
export async function giveBackToken(db: Queryable, name: string): Promise<void> {
  await db.execute(sql`UPDATE write_budget SET tokens = tokens + 1 WHERE name = ${name}`);
}

/** Blocks the bucket for this long: the external system asked us to wait, or does not answer. A longer block stays. */
export async function blockTokens(db: Queryable, name: string, ms: number): Promise<void> {
  await db.execute(sql`
    INSERT INTO write_budget AS b (name, tokens, refilled_at, blocked_until)
    VALUES (${name}, 0, clock_timestamp(), clock_timestamp() + ${ms}::float8 * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET blocked_until = greatest(b.blocked_until, excluded.blocked_until)`);
}

/** Tokens in the bucket now; negative for a debt. */
export async function tokensLeft(db: Queryable, name: string, perMinute: number): Promise<number> {
  const burst = burstOf(perMinute);
  const { rows } = await db.execute<{ tokens: number }>(sql`
    SELECT ${refilled(burst, perMinute / 60_000)}::float8 AS tokens FROM write_budget b WHERE b.name = ${name}`);
  return rows[0]?.tokens ?? burst;
}

function refilled(burst: number, perMs: number): SQL {
  return sql`least(${burst}::float8, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.refilled_at)::float8 * 1000) * ${perMs}::float8)`;
}

/** Blocks the bucket for this long, unless it is blocked. Returns how many milliseconds it stays so. */
export async function blockTokensOnce(db: Queryable, name: string, ms: number): Promise<number> {
  const { rows } = await db.execute<{ ms: number }>(sql`
    UPDATE write_budget SET blocked_until = CASE WHEN blocked_until > clock_timestamp() THEN blocked_until
      ELSE clock_timestamp() + ${ms}::float8 * interval '1 millisecond' END
    WHERE name = ${name} RETURNING (extract(epoch FROM blocked_until - clock_timestamp()) * 1000)::float8 AS ms`);
  return Math.ceil(rows[0]?.ms ?? ms);
}
