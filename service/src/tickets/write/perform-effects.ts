// Performs ticket changes: singly or as bulk jobs, within the write budget.

import type { Lane } from '../../platform/outbox/due.ts';
import type { EffectLimits } from '../../platform/outbox/effect-definition.ts';
import { type EffectKind, effectKind } from '../../platform/outbox/effect-kind.ts';
import { burstOf, giveBackToken, takeToken, tokensLeft } from '../../platform/outbox/rate.ts';
import { inParallel } from '../../platform/outbox/work.ts';
import { writesAllowed } from './account-limit.ts';
import { performTicket } from './perform-ticket.ts';
import { postBulk, takesJobs } from './post-bulk.ts';
import { type Run, TICKET_WRITE_LIMITS, type TicketWriteDeps, type TicketWriteLimits } from './run.ts';
import { beginAgain, readWriteGate, WRITES } from './stopped-writes.ts';
import { type ClaimedChange, TICKET_CHANGE } from './ticket-change.ts';
import { watchJob } from './watch-jobs.ts';

/**
 * The kind `ticket_change`: changes of one ticket are joined into one write, many tickets into one bulk job, and all writes of all processes
 * keep within one budget. What was in doubt is looked up in the ticket's audits before it is written again.
 */
export function ticketChanges(
  deps: TicketWriteDeps,
  limits: Partial<EffectLimits & TicketWriteLimits> = {},
): EffectKind {
  return effectKind(TICKET_CHANGE, {
    limits,
    round: (work) =>
      performRound({
        deps,
        work,
        limits: { ...TICKET_WRITE_LIMITS, ...limits },
        writesPerMinute: deps.writesPerMinute(),
        stopped: false,
      }),
  });
}

/**
 * Whether the budget allows a write for each of `tickets`: then half of what may gather is left. Below that a job, one write for all of them, keeps
 * the budget from running out, which would make everybody wait for the next write.
 */
async function allowsSingles({ work, writesPerMinute }: Run, tickets: number): Promise<boolean> {
  return (await tokensLeft(work.db, WRITES, writesPerMinute)) - tickets >= burstOf(writesPerMinute) / 2;
}

/** How long tickets wait while as many bulk jobs run as may. */
const JOBS_FULL_MS = 300;

/**
 * Everything once: what agents did, however much waits; then finished jobs, since they free their places; then what was tried before;
 * then the new. Gives back for how many milliseconds what is due now has to wait all the same.
 */
async function performRound(run: Run): Promise<number> {
  const { work, limits } = run;
  const { db } = work;
  const performAll = (groups: readonly ClaimedChange[][]) =>
    inParallel(groups, limits.handful, (rows) => performTicket(run, rows));
  /** Gives back how many tickets there were. */
  const perform = async (lane: Lane, tickets = limits.handful) => {
    const claimed = await work.claim(lane, tickets);
    await performAll(claimed);
    return claimed.length;
  };

  // Claiming thousands of entries only to put them off again would keep the database busy for as long as Zendesk is away.
  const { blockedMs, stopped, accountPerMinute } = await readWriteGate(db);
  run.writesPerMinute = writesAllowed(run.deps.writesPerMinute(), accountPerMinute);
  if (stopped) {
    if (blockedMs > 0) return blockedMs;
    const performOne = async () => (await perform('fresh', 1)) || perform('retries', 1);
    if (!(await beginAgain(run, performOne))) return limits.probeMs;
  }
  const found = await work.dueWork(limits.handful + 1);
  if (found.urgent && !stopped && blockedMs === 0) {
    // To the last one: what comes after them may have to wait for the budget, which they do not.
    while ((await perform('urgent')) === limits.handful && !work.stopping());
  }
  if (found.job) for (let jobs = 0; jobs < limits.jobsInFlight && (await watchJob(run)); jobs++);
  if (blockedMs > 0) return blockedMs;
  // A job that has ended may leave some to be tried again.
  if (found.retries || found.job) await perform('retries');
  // One at a time and nothing beside it: if the process dies again, it is clear during what.
  if (found.suspects) while ((await perform('suspects', 1)) > 0 && !work.stopping());
  const isAsFound = !found.urgent && !found.job && !found.retries && !found.suspects;
  const due = isAsFound ? found.fresh : await work.countDue('fresh', limits.handful + 1);
  if (due <= 1 || (due <= limits.handful && (await allowsSingles(run, due)))) {
    await perform('fresh');
    return 0;
  }
  if (!(await takesJobs(db))) {
    const budget = await takeToken(db, WRITES, run.writesPerMinute);
    if (!budget.granted) return budget.waitMs;
    await giveBackToken(db, WRITES);
    await perform('fresh');
    return 0;
  }
  for (let jobs = await work.countJobs(); jobs < limits.jobsInFlight; jobs++) {
    const posted = await postBulk(run, performAll);
    if (!posted.posted) return posted.waitMs;
    if ((await work.countDue('fresh', 1)) === 0) return 0;
  }
  return JOBS_FULL_MS;
}
