// Checks bulk jobs and settles each of their tickets.
import type { ClaimedJob } from '../../platform/outbox/claim.ts';
import { inParallel } from '../../platform/outbox/work.ts';
import { type JobStatus, ZendeskError } from '../../zendesk/zendesk.ts';
import { composeNeeded, stampOf } from './compose-write.ts';
import { loadTickets, projectBulk } from './project-write.ts';
import type { Run } from './run.ts';
import { settleConflict } from './settle-failure.ts';
import { type ClaimedChange, type TicketChangePayload, ticketOf } from './ticket-change.ts';

/** A new job is checked more often than a long-running one. */
const lookAgainMs = (ageMs: number): number => Math.min(5_000, Math.max(300, ageMs / 3));

/** Checks one bulk job whose check is due. False: none is. */
export async function watchJob(run: Run): Promise<boolean> {
  const job = await run.work.claimJob();
  if (!job) return false;
  const status = await showJob(run, job);
  if (status === 'unreachable') return true;
  const running = status?.status === 'queued' || status?.status === 'working';
  if (running && job.ageMs < run.limits.jobMs) {
    await lookLater(run, job, lookAgainMs(job.ageMs));
    return true;
  }
  await settleJob(run, status, job.groups);
  return true;
}

type Job = ClaimedJob<TicketChangePayload>;

async function lookLater(run: Run, job: Job, ms: number): Promise<void> {
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
    await lookLater(run, job, Math.max(error.retryAfterMs ?? 0, run.work.backoffMs(2)));
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

async function settleWritten({ work }: Run, written: readonly ClaimedChange[][]): Promise<void> {
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
    await projectBulk(tx, projected);
  });
}
