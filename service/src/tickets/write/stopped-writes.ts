// Pauses the writes of all processes when Zendesk is unavailable or refuses our login, and resumes with a single one.
import { sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import type { UpdateLimit } from '../../zendesk/zendesk-call.ts';
import type { Run } from './run.ts';

/** The rate limit of ticket updates for all processes together; its row also says whether writes are paused. */
export const WRITES = 'zendesk';

/** Why all writes are paused. */
export type StopReason = 'unavailable' | 'refused';

interface WriteGate {
  /** Milliseconds until a write is allowed; 0 when writes are allowed. */
  blockedMs: number;
  /** Set: Zendesk was unavailable or refused our login at the last attempt, so writes resume with a single one. */
  stopped: StopReason | null;
  stoppedSince: Date | null;
  /** Ticket updates a minute that the account takes from everybody together; null: not known yet. */
  accountPerMinute: number | null;
}

// A type, not an interface: `execute` requires an index signature.
type GateRow = { ms: number; stopped: StopReason | null; since_ms: number | null; account: number | null };

export async function readWriteGate(db: Queryable): Promise<WriteGate> {
  const { rows } = await db.execute<GateRow>(sql`
    SELECT greatest(0, coalesce(extract(epoch FROM blocked_until - clock_timestamp()) * 1000, 0))::float8 AS ms,
      stopped_because AS stopped, (extract(epoch FROM stopped_since) * 1000)::float8 AS since_ms,
      account_per_minute AS account
    FROM write_budget WHERE name = ${WRITES}`);
  const [row] = rows;
  return {
    blockedMs: Math.ceil(row?.ms ?? 0),
    stopped: row?.stopped ?? null,
    stoppedSince: row?.since_ms == null ? null : new Date(row.since_ms),
    accountPerMinute: row?.account ?? null,
  };
}

/** Pauses writes for `ms`; after that one ticket is tried first. Returns whether writes were running until now. */
export async function stopWrites(db: Database, reason: StopReason, ms: number): Promise<boolean> {
  const { rows } = await db.execute<{ first: boolean }>(sql`
    INSERT INTO write_budget AS b (name, tokens, refilled_at, blocked_until, stopped_since, stopped_because)
    VALUES (${WRITES}, 0, now(), clock_timestamp() + ${ms}::float8 * interval '1 millisecond', now(), ${reason})
    ON CONFLICT (name) DO UPDATE SET blocked_until = greatest(b.blocked_until, excluded.blocked_until),
      stopped_since = coalesce(b.stopped_since, excluded.stopped_since), stopped_because = excluded.stopped_because
    RETURNING b.stopped_since = now() AS first`);
  return rows[0]?.first ?? false;
}

/** Reserves the single attempt for this process for `ms`; null when another process has it or writes are not paused. Release it with `endTurn`. */
async function takeTurn(db: Database, ms: number): Promise<string | null> {
  const { rows } = await db.execute<{ turn: string }>(sql`
    UPDATE write_budget SET blocked_until = clock_timestamp() + ${ms}::float8 * interval '1 millisecond'
    WHERE name = ${WRITES} AND stopped_because IS NOT NULL AND coalesce(blocked_until <= clock_timestamp(), true)
    RETURNING blocked_until::text AS turn`);
  return rows[0]?.turn ?? null;
}

/** Ends the reservation; a longer pause set since stays. */
async function endTurn(db: Database, turn: string): Promise<void> {
  await db.execute(sql`
    UPDATE write_budget SET blocked_until = NULL WHERE name = ${WRITES} AND blocked_until = ${turn}::timestamptz`);
}

/** Zendesk accepts writes again. */
async function resumeWrites(db: Database): Promise<void> {
  await db.execute(sql`UPDATE write_budget SET stopped_since = NULL, stopped_because = NULL WHERE name = ${WRITES}`);
}

/**
 * Checks the login with one read, and then lets `performOne` write a single ticket. True: writes were not paused again, so all
 * may write. One process tries at a time, every `limits.probeMs`.
 */
export async function tryToResume(run: Run, performOne: () => Promise<unknown>): Promise<boolean> {
  const { zendesk } = run.deps;
  const { db, logger } = run.work;
  const turn = await takeTurn(db, run.limits.probeMs);
  if (turn === null) return false;
  try {
    await zendesk.me({ tries: 1 });
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return false;
  }
  await endTurn(db, turn);
  run.stopped = false;
  await performOne();
  if (run.stopped) return false;
  await resumeWrites(db);
  logger.info({}, 'Zendesk accepts writes again');
  return true;
}

const NAME = 'zendesk';

/** Zendesk's documented limit, which the policy's `writes_per_minute` assumes. */
const DOCUMENTED_PER_MINUTE = 100;
/** Whatever the policy says, a fifth is left to agents and other apps. */
const MOST_OF_ACCOUNT = 0.8;

/**
 * Updates per minute: the policy's number, or the same share of the account's own limit if that is lower than the documented one
 * (60 of 100 becomes 12 of 20), and never more than four fifths of it. `accountPerMinute` null: unknown.
 */
export function writesAllowed(policyPerMinute: number, accountPerMinute: number | null): number {
  if (accountPerMinute === null) return policyPerMinute;
  const share = Math.min(policyPerMinute / DOCUMENTED_PER_MINUTE, MOST_OF_ACCOUNT);
  return Math.min(policyPerMinute, accountPerMinute * share);
}

/**
 * Stores the account's limit from an answer. When others have used most of it, only agents' actions are written until it is
 * full again.
 * @internal
 */
export async function recordAccountLimit(db: Queryable, { total, remaining, resetMs }: UpdateLimit): Promise<void> {
  await db.execute(sql`
    INSERT INTO write_budget AS b (name, tokens, refilled_at, account_per_minute, account_seen_at)
    VALUES (${NAME}, 0, clock_timestamp(), ${total}::float8, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET account_per_minute = excluded.account_per_minute, account_seen_at = excluded.account_seen_at
    WHERE b.account_per_minute IS DISTINCT FROM excluded.account_per_minute
      OR b.account_seen_at < clock_timestamp() - interval '1 minute'`);
  if (remaining > total * (1 - MOST_OF_ACCOUNT)) return;
  await db.execute(sql`
    UPDATE write_budget SET tokens = least(tokens, 0),
      refilled_at = greatest(refilled_at, clock_timestamp() + ${resetMs}::float8 * interval '1 millisecond')
    WHERE name = ${NAME}`);
}

/** For the client's `onCall`: stores what each answer says, without delaying the call. */
export function keepAccountLimit(db: Queryable, logger: Logger): (limit: UpdateLimit) => void {
  return (limit) =>
    void recordAccountLimit(db, limit).catch((error: unknown) =>
      logger.warn(aboutError(error), 'Could not store how many ticket updates Zendesk allows'),
    );
}
