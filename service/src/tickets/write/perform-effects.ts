// How does the outbox get emptied?
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { isAway } from '../../platform/errors/is-away.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { writesAllowed } from './account-limit.ts';
import { beginAgain } from './begin-again.ts';
import { type ClaimOptions, claimTicketChanges } from './claim-ticket-changes.ts';
import { HELD } from './held.ts';
import { rememberInterrupted, takeBackInterrupted } from './interrupted-claims.ts';
import { OUTBOX_LIMITS, type OutboxLimits } from './limits.ts';
import { performTicket } from './perform-ticket.ts';
import { postBulk, takesJobs } from './post-bulk.ts';
import { inParallel, type Run } from './run.ts';
import { readWriteGate } from './stopped-writes.ts';
import { countJobs, watchJob } from './watch-jobs.ts';
import { giveBackWrite, takeWrite } from './write-budget.ts';

export interface PerformDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'updateTicket' | 'updateTickets' | 'showJob' | 'listAuditMetadata' | 'me' | 'isEndpointAway'>;
  /** Reads the ticket anew and decides it again (the pipeline's): what a 409 calls for. */
  reread: (ticketId: number) => Promise<unknown>;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
  logger: Logger;
  /** From 0 to 1, for jitter. Default `Math.random`. */
  random?: () => number;
  /** Ends the work between two calls when the process is asked to stop. */
  signal?: AbortSignal;
  limits?: Partial<OutboxLimits>;
}

export interface PerformSummary {
  done: number;
  cancelled: number;
  parked: number;
  /** Waiting again: conflicts, busy or unavailable Zendesk. */
  postponed: number;
  /** Ticket writes spent (a bulk job is one). */
  writes: number;
  /** Milliseconds until there may be something to do again; null: nothing waits. */
  againInMs: number | null;
}

/** A wait as short as this is sat out; a longer one ends the run, and `againInMs` says when to come back. */
const SHORT_WAIT_MS = 1_500;
/** While sitting one out we look this often for wishes that are new. */
const LOOK_MS = 200;

/**
 * Carries out what is due, within the write budget, until nothing is or `limits.workMs` has passed. Any number of processes may
 * run it at once. Throws only what the database throws.
 */
export async function performEffects(deps: PerformDeps): Promise<PerformSummary> {
  const limits = { ...OUTBOX_LIMITS, ...deps.limits };
  const random = deps.random ?? Math.random;
  const run: Run = {
    deps,
    limits,
    summary: { done: 0, cancelled: 0, parked: 0, postponed: 0, writes: 0 },
    writesPerMinute: deps.writesPerMinute(),
    stopped: false,
    claimed: [],
    backoffMs: (failures) =>
      Math.min(limits.longestBackoffMs, limits.backoffMs * 2 ** Math.max(0, failures - 1)) * (0.5 + random() / 2),
  };
  const endsAt = performance.now() + limits.workMs;
  for (;;) {
    const { blockedMs, dueMs } = await lookAndPerform(run);
    const againInMs = dueMs === null ? null : Math.max(dueMs, blockedMs);
    const restMs = endsAt - performance.now();
    if (againInMs === null || deps.signal?.aborted || againInMs > Math.min(restMs, SHORT_WAIT_MS) || restMs <= 0)
      return { ...run.summary, againInMs };
    await sleep(Math.min(LOOK_MS, Math.max(10, againInMs)));
  }
}

/** A round, and when the next one is due. Throws what the database throws. */
async function lookAndPerform(run: Run): Promise<{ blockedMs: number; dueMs: number | null }> {
  const { db } = run.deps;
  run.claimed = [];
  await takeBackInterrupted(db);
  try {
    return { blockedMs: await performRound(run), dueMs: await nextDueMs(db) };
  } catch (error) {
    if (isAway(error)) rememberInterrupted(run.claimed);
    throw error;
  }
}

/** How long a full house of bulk jobs is left alone. */
const JOBS_FULL_MS = 300;

/**
 * Everything once: what agents did, however much waits; then finished jobs, since they free their places; then what was tried before; then the new. Gives back how
 * many milliseconds what is due now has to wait all the same.
 */
async function performRound(run: Run): Promise<number> {
  const { db } = run.deps;
  const { limits } = run;
  /** Gives back how many tickets there were. */
  const perform = async (which: Pick<ClaimOptions, 'fresh' | 'agentActs' | 'suspects'>, tickets = limits.handful) => {
    const claimed = await claimTicketChanges(db, { ...which, tickets, leaseMs: limits.leaseMs });
    run.claimed.push(...claimed.flat());
    await inParallel(claimed, limits.handful, (rows) => performTicket(run, rows));
    return claimed.length;
  };

  // Claiming thousands of wishes only to put them off again would keep the database busy for as long as Zendesk is away.
  const { blockedMs, stopped, accountPerMinute } = await readWriteGate(db);
  run.writesPerMinute = writesAllowed(run.deps.writesPerMinute(), accountPerMinute);
  if (stopped) {
    if (blockedMs > 0) return blockedMs;
    const performOne = async () => (await perform({ fresh: true }, 1)) || perform({ fresh: false }, 1);
    if (!(await beginAgain(run, performOne))) return limits.probeMs;
  } else if (blockedMs === 0) {
    // To the last one: what comes after them may have to wait for the budget, which they do not.
    while ((await perform({ fresh: true, agentActs: 'only' })) === limits.handful && !run.deps.signal?.aborted);
  }
  for (let jobs = 0; jobs < limits.jobsInFlight && (await watchJob(run)); jobs++);
  if (blockedMs > 0) return blockedMs;
  await perform({ fresh: false, suspects: 'left_out' });
  // One at a time and nothing beside it: if the process dies again, it is clear during what.
  while ((await perform({ fresh: false, suspects: 'only' }, 1)) > 0 && !run.deps.signal?.aborted);
  if ((await countFresh(db, limits.handful + 1)) <= limits.handful) {
    await perform({ fresh: true });
    return 0;
  }
  if (!(await takesJobs(db))) {
    const budget = await takeWrite(db, run.writesPerMinute);
    if (!budget.granted) return budget.waitMs;
    await giveBackWrite(db);
    await perform({ fresh: true });
    return 0;
  }
  for (let jobs = await countJobs(db); jobs < limits.jobsInFlight; jobs++) {
    const posted = await postBulk(run);
    if (!posted.posted) return posted.waitMs;
  }
  return JOBS_FULL_MS;
}

/** Tickets with due wishes that nobody tried yet, counted up to `most`. */
async function countFresh(db: Database, most: number): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT DISTINCT o.ticket_id FROM outbox o
      WHERE o.kind = 'ticket_change' AND o.state = 'waiting' AND NOT o.alone AND o.due_at <= now() AND NOT ${HELD}
      LIMIT ${most}) AS due`);
  return rows[0]?.count ?? 0;
}

/** When the next wish, lease or look is due; wishes not before writes are allowed again. Null: nothing waits. */
async function nextDueMs(db: Database): Promise<number | null> {
  const { rows } = await db.execute<{ ms: number | null }>(sql`
    SELECT (extract(epoch FROM min(CASE
        WHEN o.state = 'in_flight' THEN o.claimed_until
        ELSE greatest(o.due_at, (SELECT b.blocked_until FROM write_budget b WHERE b.name = 'zendesk')) END) - clock_timestamp()) * 1000)::float8 AS ms
    FROM outbox o WHERE o.state = 'in_flight' OR (o.state = 'waiting' AND NOT ${HELD})`);
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(0, Math.ceil(ms));
}
