// What follows when the ticket has changed since we last saw it?
import { aboutError } from '../inbox/about-error.ts';
import type { ClaimedRow } from './claim-ticket-changes.ts';
import { ids, type Run } from './run.ts';
import { settleDoubt } from './settle-doubt.ts';
import { hastenRows, keepInDoubt, postponeRows } from './settle-rows.ts';

/** Until the ticket is read anew nobody else should try; a process that dies here leaves the rows to others after this. */
const REREAD_MS = 30_000;

/**
 * Reads the ticket anew and lets the policy decide it again, which supersedes what its older decisions still wanted; what is left
 * goes again with the fresh stamp. A row whose earlier try was in doubt is looked up first: that late write may be the very
 * change that collided.
 */
export async function settleConflict(run: Run, rows: readonly ClaimedRow[], reason: string): Promise<void> {
  const { db, reread, logger } = run.deps;
  const how = { ms: REREAD_MS, reason, counts: true, attempts: run.limits.attempts };
  let open = rows;
  const [first] = rows;
  if (!first) return;
  if (rows.some((row) => row.inDoubt)) {
    try {
      open = await settleDoubt(run, rows);
    } catch {
      await keepInDoubt(db, ids(rows), { ...how, ms: run.backoffMs(first.attempts) });
      run.summary.postponed += rows.length;
      return;
    }
  }
  const parked = await postponeRows(db, ids(open), how);
  run.summary.parked += parked;
  run.summary.postponed += open.length - parked;
  try {
    await reread(first.ticketId);
    // The first collisions are worth a quick second try; a ticket that collides again and again is somebody's battlefield.
    if (first.attempts <= 3) await hastenRows(db, ids(open));
  } catch (error) {
    logger.warn(
      { ticketId: first.ticketId, ...aboutError(error) },
      'Could not read a changed ticket anew; trying again later',
    );
  }
}
