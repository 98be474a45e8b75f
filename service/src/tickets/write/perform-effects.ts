// Performs ticket changes: singly or as bulk jobs, within the write budget.

import { inParallel } from '../../platform/do-each.ts';
import type { Lane } from '../../platform/outbox/due.ts';
import { burstOf, giveBackToken, takeToken, tokensLeft } from '../../platform/outbox/rate.ts';
import { type EffectKind, type EffectLimits, effectKind } from '../../platform/outbox/work.ts';
import { postBulk, takesJobs, watchJob } from './bulk.ts';
import { performTicket } from './perform-ticket.ts';
import { type Run, TICKET_WRITE_LIMITS, type TicketWriteDeps, type TicketWriteLimits } from './run.ts';
import { readWriteGate, tryToResume, WRITES, writesAllowed } from './stopped-writes.ts';
import { type ClaimedChange, TICKET_CHANGE } from './ticket-change.ts';

/**
 * The kind `ticket_change`: changes of one ticket are combined into one write, many tickets into one bulk job, and all writes of all processes
 * share one budget. Changes in doubt are looked up in the ticket's audits before they are written again.
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
 * Whether the budget allows one write per ticket of `tickets` and keeps half of its maximum. Otherwise a bulk job, one write for all of them, keeps
 * the budget from running out, which would delay every following write.
 */
async function allowsSingles({ work, writesPerMinute }: Run, tickets: number): Promise<boolean> {
  return (await tokensLeft(work.db, WRITES, writesPerMinute)) - tickets >= burstOf(writesPerMinute) / 2;
}

/** How long tickets wait while the maximum number of bulk jobs is running. */
const JOBS_FULL_MS = 300;

/**
 * Handles everything once: agents' actions first, whatever the backlog; then finished jobs, which free capacity; then retries;
 * then new changes. Returns how many milliseconds due changes still have to wait.
 */
async function performRound(run: Run): Promise<number> {
  const { work, limits } = run;
  const { db } = work;
  const performAll = (groups: readonly ClaimedChange[][]) =>
    inParallel(groups, limits.handful, (rows) => performTicket(run, rows));
  /** Returns how many tickets there were. */
  const perform = async (lane: Lane, tickets = limits.handful) => {
    const claimed = await work.claim(lane, tickets);
    await performAll(claimed);
    return claimed.length;
  };

  // Claiming thousands of entries only to postpone them would load the database while Zendesk is unavailable.
  const { blockedMs, stopped, accountPerMinute } = await readWriteGate(db);
  run.writesPerMinute = writesAllowed(run.deps.writesPerMinute(), accountPerMinute);
  if (stopped) {
    if (blockedMs > 0) return blockedMs;
    const performOne = async () => (await perform('fresh', 1)) || perform('retries', 1);
    if (!(await tryToResume(run, performOne))) return limits.probeMs;
  }
  const found = await work.dueWork(limits.handful + 1);
  if (found.urgent && !stopped && blockedMs === 0) {
    // All of them: later work may have to wait for the budget, urgent changes do not.
    while ((await perform('urgent')) === limits.handful && !work.stopping());
  }
  if (found.job) for (let jobs = 0; jobs < limits.jobsInFlight && (await watchJob(run)); jobs++);
  if (blockedMs > 0) return blockedMs;
  // A job that has ended may leave some to be tried again.
  if (found.retries || found.job) await perform('retries');
  // One at a time and nothing in parallel: if the process dies again, the cause is clear.
  if (found.suspects) while ((await perform('suspects', 1)) > 0 && !work.stopping());
  const isAsFound = !found.urgent && !found.job && !found.retries && !found.suspects;
  const due = isAsFound ? found.fresh : await work.countDue('fresh', limits.handful + 1);
  if (due === 0) return 0;
  if (due === 1 || (due <= limits.handful && (await allowsSingles(run, due)))) {
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
