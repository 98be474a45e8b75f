// What became of the bulk jobs?
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { type JobStatus, ZendeskError } from '../../zendesk/zendesk.ts';
import { type ClaimedRow, claimedRow, groupByTicket, type RawRow, renewLeases } from './claim-ticket-changes.ts';
import { composeNeeded, stampOf } from './compose-write.ts';
import { loadTickets, projectBulk } from './project-write.ts';
import { inParallel, type Run } from './run.ts';
import { settleConflict } from './settle-conflict.ts';
import { finishWritten, keepInDoubt, type Postponed, postponeRows } from './settle-rows.ts';
import { takeClaimTurn } from './take-claim-turn.ts';

/** A young job is looked at more often than one that takes its time. */
const lookAgainMs = (ageMs: number): number => Math.min(5_000, Math.max(300, ageMs / 3));

export async function countJobs(db: Database): Promise<number> {
  const { rows } = await db.execute<{ jobs: number }>(sql`
    SELECT count(DISTINCT zendesk_job_id)::int AS jobs FROM outbox
    WHERE kind = 'ticket_change' AND state = 'in_flight' AND zendesk_job_id IS NOT NULL`);
  return rows[0]?.jobs ?? 0;
}

/** Looks at one job that is due for a look. False: none is. */
export async function watchJob(run: Run): Promise<boolean> {
  const job = await claimJob(run);
  if (!job) return false;
  const status = await showJob(run, job);
  if (status === 'unreachable') return true;
  const running = status?.status === 'queued' || status?.status === 'working';
  if (running && job.ageMs < run.limits.jobMs) {
    await lookLater(run, job.rows, lookAgainMs(job.ageMs));
    return true;
  }
  await settleJob(run, status, job.rows);
  return true;
}

interface ClaimedJob {
  id: string;
  ageMs: number;
  rows: ClaimedRow[];
}

async function claimJob(run: Run): Promise<ClaimedJob | null> {
  return run.deps.db.transaction(async (tx) => {
    await takeClaimTurn(tx);
    const claimed = await tx.execute<RawRow & { job: string; age_ms: number }>(sql`
      UPDATE outbox o SET claims = o.claims + 1, claimed_until = now() + ${run.limits.leaseMs}::float8 * interval '1 millisecond'
      WHERE o.kind = 'ticket_change' AND o.state = 'in_flight' AND o.zendesk_job_id = (
        SELECT d.zendesk_job_id FROM outbox d
        WHERE d.kind = 'ticket_change' AND d.state = 'in_flight' AND d.zendesk_job_id IS NOT NULL AND d.claimed_until < now()
        ORDER BY d.claimed_until LIMIT 1)
      RETURNING o.id::float8 AS id, o.ticket_id::float8 AS ticket_id, o.payload, o.claims, o.attempts, 0 AS unfinished, true AS in_doubt,
        (extract(epoch FROM o.created_at) * 1000)::float8 AS created_ms, o.zendesk_job_id AS job,
        (extract(epoch FROM now() - o.due_at) * 1000)::float8 AS age_ms`);
    const [first] = claimed.rows;
    return first ? { id: first.job, ageMs: first.age_ms, rows: claimed.rows.map(claimedRow) } : null;
  });
}

async function lookLater(run: Run, rows: readonly ClaimedRow[], ms: number): Promise<void> {
  await renewLeases(run.deps.db, rows, ms);
}

/** Null: Zendesk knows no such job (any more), or has not shown it for as long as a job may take. */
async function showJob(run: Run, job: ClaimedJob): Promise<JobStatus | null | 'unreachable'> {
  try {
    return await run.deps.zendesk.showJob(job.id);
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    if (job.ageMs >= run.limits.jobMs) {
      run.deps.logger.warn(
        { job: job.id, status: error.status, reason: error.message },
        'Gave a bulk job up that cannot be read; each of its tickets is looked up',
      );
      return null;
    }
    await lookLater(run, job.rows, Math.max(error.retryAfterMs ?? 0, run.backoffMs(2)));
    return 'unreachable';
  }
}

/** Which status a refused row had is not told, only words: those are a hint, and all but collisions ask again alone. */
const COLLISION = /conflict|collision|stale/i;

async function settleJob(run: Run, status: JobStatus | null, rows: readonly ClaimedRow[]): Promise<void> {
  const { db } = run.deps;
  const results = new Map(status?.results.map((result) => [result.id, result]));
  const written: ClaimedRow[][] = [];
  const collided: ClaimedRow[][] = [];
  const attempts = run.limits.attempts;
  const note = ({ parked, postponed }: Postponed) => {
    run.summary.parked += parked;
    run.summary.postponed += postponed;
  };
  for (const ofTicket of groupByTicket(rows)) {
    const result = results.get(ofTicket[0]?.ticketId ?? 0);
    const reason = `update_many: ${result?.error ?? 'no result'}`;
    if (result?.success) written.push(ofTicket);
    else if (!result) note(await keepInDoubt(db, ofTicket, { ms: 0, reason, counts: false, attempts }));
    else if (COLLISION.test(`${result.error} ${result.details}`)) collided.push(ofTicket);
    else note(await postponeRows(db, ofTicket, { ms: 0, reason, counts: true, attempts }));
  }
  await settleWritten(run, written);
  await inParallel(collided, run.limits.handful, (ofTicket) =>
    settleConflict(
      run,
      ofTicket.map((row) => ({ ...row, inDoubt: false })),
      'update_many: the ticket had changed',
    ),
  );
}

async function settleWritten(run: Run, written: readonly ClaimedRow[][]): Promise<void> {
  if (written.length === 0) return;
  const { db } = run.deps;
  const all = written.flat();
  run.summary.done += await db.transaction(async (tx) => {
    const known = await loadTickets(tx, [...new Set(all.map((row) => row.ticketId))]);
    for (const rows of written) {
      const ticket = known.get(rows[0]?.ticketId ?? 0);
      const unchanged = ticket && rows.every((row) => row.payload.stamp === stampOf(ticket.updatedAt));
      const needed = unchanged ? composeNeeded(ticket, rows) : null;
      if (ticket && needed) await projectBulk(tx, ticket, needed);
    }
    // After the tickets, as the pipeline takes them: the other way round they would lock each other up.
    return finishWritten(tx, all);
  });
}
