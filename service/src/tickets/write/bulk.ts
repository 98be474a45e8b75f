// Posts the changes of many tickets as one bulk job.

import { inParallel } from '../../platform/do-each.ts';
import type { ClaimedJob } from '../../platform/outbox/claim.ts';
import { giveBackToken, takeToken } from '../../platform/outbox/rate.ts';
import { handToJob } from '../../platform/outbox/settle.ts';
import type { Database } from '../../platform/storage/database.ts';
import { listOutages } from '../../zendesk/outages.ts';
import { type JobStatus, ZendeskError } from '../../zendesk/zendesk.ts';
import { recordNews } from '../process/record-of.ts';
import { bulkWrite, composeNeeded, stampOf } from './compose-write.ts';
import { dropObsolete } from './perform-ticket.ts';
import { loadTickets, projectBulk } from './project-write.ts';
import type { Run } from './run.ts';
import { settleConflict, settleFailure } from './settle-failure.ts';
import { WRITES } from './stopped-writes.ts';
import { type ClaimedChange, type TicketChangePayload, ticketOf } from './ticket-change.ts';

/** Delay until a bulk job is first checked. */
const FIRST_CHECK_MS = 300;

/** A ticket's row of the job, and the ticket's timestamp when it was composed. */
interface Ready {
  rows: ClaimedChange[];
  stamp: string;
  write: ReturnType<typeof bulkWrite>;
}

/** `waitMs`: the time until the budget allows a write. */
type Posted = { posted: true } | { posted: false; waitMs: number };

/** The endpoint that creates jobs, as named by `listOutages`. */
const ENDPOINT = 'PUT /api/v2/tickets/update_many';
/** After a failure, tickets are written one by one for this long. */
const NO_JOBS_MS = 60_000;

/** Whether Zendesk accepts jobs, as far as any process knows. */
export async function takesJobs(db: Database): Promise<boolean> {
  const outages = await listOutages(db, NO_JOBS_MS);
  return !outages.some(({ endpoint }) => endpoint === ENDPOINT);
}

/**
 * Posts one `update_many` job for tickets with new changes. Tickets that must be written alone are passed to `performAlone`: agents'
 * actions, because jobs are slow, and retries.
 */
export async function postBulk(
  run: Run,
  performAlone: (groups: readonly ClaimedChange[][]) => Promise<void>,
): Promise<Posted> {
  const { work } = run;
  const { db } = work;
  const budget = await takeToken(db, WRITES, run.writesPerMinute);
  if (!budget.granted) return { posted: false, waitMs: budget.waitMs };

  const due = await work.claim('fresh', run.limits.rowsPerJob);
  const mustGoAlone = due.filter((rows) => rows.some((row) => row.inDoubt || row.alone || row.priority === 0));
  const claimed = due.filter((rows) => !mustGoAlone.includes(rows));
  const known = await loadTickets(db, claimed.map(ticketOf));
  const ready: Ready[] = [];
  for (const ofTicket of claimed) {
    const ticket = known.get(ticketOf(ofTicket));
    const rows = ticket ? await dropObsolete(run, ticket, ofTicket) : ofTicket;
    const needed = ticket && composeNeeded(ticket, rows);
    if (ticket && needed) {
      ready.push({ rows, stamp: stampOf(ticket.updatedAt), write: bulkWrite(ticket, needed, rows) });
    } else if (ticket) {
      await work.done(rows);
    } else {
      // Written alone, a ticket missing in the projection is read first.
      await alone(run, rows, 'the ticket is not in the projection');
    }
  }
  const ours = await work.mayPerform(ready.flatMap(({ rows }) => rows));
  const sent = ready.filter(({ rows }) => rows.every((row) => ours.has(row.id)));
  if (sent.length === 0) await giveBackToken(db, WRITES);
  else await post(run, sent);
  await performAlone(mustGoAlone);
  return sent.length === 0 ? { posted: false, waitMs: 0 } : { posted: true };
}

async function post(run: Run, sent: readonly Ready[]): Promise<void> {
  const { db, summary } = run.work;
  summary.writes += 1;
  const all = sent.flatMap(({ rows }) => rows);
  try {
    const { jobId } = await run.deps.zendesk.updateTickets(sent.map(({ write }) => write));
    const handed = sent.flatMap(({ rows, stamp }) => rows.map((claim) => ({ claim, patch: { stamp } })));
    await handToJob(db, handed, { jobId, checkInMs: FIRST_CHECK_MS });
  } catch (error) {
    const refused = error instanceof ZendeskError && (error.kind === 'rejected' || error.kind === 'conflict');
    // One row can fail a whole job: written alone, each gets its own error.
    if (refused) await alone(run, all, error.message);
    else await settleFailure(run, all, error, { doubtful: false });
  }
}

/** Not counted as their failure: another row of the job may be the cause. */
async function alone(run: Run, rows: readonly ClaimedChange[], reason: string): Promise<void> {
  await run.work.postpone(rows, { ms: 0, reason, counts: false, alone: true });
}

/** A new job is checked more often than a long-running one. */
const checkAgainMs = (ageMs: number): number => Math.min(5_000, Math.max(300, ageMs / 3));

/** Checks one bulk job whose check is due. False: none is. */
export async function watchJob(run: Run): Promise<boolean> {
  const job = await run.work.claimJob();
  if (!job) return false;
  const status = await showJob(run, job);
  if (status === 'unreachable') return true;
  const running = status?.status === 'queued' || status?.status === 'working';
  if (running && job.ageMs < run.limits.jobMs) {
    await checkLater(run, job, checkAgainMs(job.ageMs));
    return true;
  }
  await settleJob(run, status, job.groups);
  return true;
}

type Job = ClaimedJob<TicketChangePayload>;

async function checkLater(run: Run, job: Job, ms: number): Promise<void> {
  await run.work.renew(job.groups.flat(), ms);
}

/** Null: Zendesk has no such job (any more), or the job took too long. */
async function showJob(run: Run, job: Job): Promise<JobStatus | null | 'unreachable'> {
  try {
    return await run.deps.zendesk.showJob(job.id);
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    if (job.ageMs >= run.limits.jobMs) {
      run.work.logger.warn(
        { job: job.id, status: error.status, reason: error.message },
        'Abandoned a bulk job that cannot be read; each of its tickets is looked up',
      );
      return null;
    }
    await checkLater(run, job, Math.max(error.retryAfterMs ?? 0, run.work.backoffMs(2)));
    return 'unreachable';
  }
}

/** A rejected row has no status, only text, which is a hint: all but collisions are retried alone. */
const COLLISION = /conflict|collision|stale/i;

async function settleJob(run: Run, status: JobStatus | null, groups: readonly ClaimedChange[][]): Promise<void> {
  const { work } = run;
  const results = new Map(status?.results.map((result) => [result.id, result]));
  const written: ClaimedChange[][] = [];
  const collided: ClaimedChange[][] = [];
  for (const ofTicket of groups) {
    const result = results.get(ticketOf(ofTicket));
    const reason = `update_many: ${result?.error ?? 'no result'}`;
    if (result?.success) written.push(ofTicket);
    else if (!result) await work.keepInDoubt(ofTicket, { ms: 0, reason, counts: false });
    else if (COLLISION.test(`${result.error} ${result.details}`)) collided.push(ofTicket);
    else await work.postpone(ofTicket, { ms: 0, reason, counts: true });
  }
  await settleWritten(run, written);
  // The job reported that it did not write them.
  await inParallel(collided, run.limits.handful, (ofTicket) =>
    settleConflict(run, ofTicket, 'update_many: the ticket had changed', { doubtful: false }),
  );
}

async function settleWritten({ work, deps }: Run, written: readonly ClaimedChange[][]): Promise<void> {
  if (written.length === 0) return;
  // Lock the tickets before their entries, like the pipeline: the opposite order could deadlock.
  await work.performed(written.flat(), async (tx) => {
    const known = await loadTickets(tx, written.map(ticketOf));
    const projected = written.flatMap((rows) => {
      const ticket = known.get(ticketOf(rows));
      const unchanged = ticket && rows.every((row) => row.payload.stamp === stampOf(ticket.updatedAt));
      const needed = unchanged ? composeNeeded(ticket, rows) : null;
      return ticket && needed ? { ticket, needed } : [];
    });
    await recordNews(tx, deps.hooks ?? [], await projectBulk(tx, projected));
  });
}
