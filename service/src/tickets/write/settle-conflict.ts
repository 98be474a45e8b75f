// What follows when the ticket has changed since we last saw it?
import { aboutError } from '../../platform/errors/about-error.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { settleFailure } from './after-failure.ts';
import type { ClaimedRow } from './claim-ticket-changes.ts';
import type { Run } from './run.ts';
import { settleDoubt } from './settle-doubt.ts';
import { countFailure, hastenRows, postponeRows } from './settle-rows.ts';

/** Until the ticket is read anew nobody else should try; a process that dies here leaves the rows to others after this. */
const REREAD_MS = 30_000;

/**
 * Reads the ticket anew and lets the policy decide it again, which supersedes what its older decisions still wanted; what is left
 * goes again with the fresh stamp. A row whose earlier try was in doubt is looked up first: that late write may be the very
 * change that collided.
 */
export async function settleConflict(run: Run, rows: readonly ClaimedRow[], reason: string): Promise<void> {
  let open = rows;
  if (rows.some((row) => row.inDoubt)) {
    try {
      open = await settleDoubt(run, rows);
    } catch (error) {
      return settleFailure(run, rows, error, { doubtful: true });
    }
  }
  await readAnew(run, open, reason, { counts: true });
}

/** The same for rows whose ticket we do not have: a failure of their own only if Zendesk, asked for it, answers. */
export async function settleUnknownTicket(run: Run, rows: readonly ClaimedRow[]): Promise<void> {
  await readAnew(run, rows, 'the ticket is not in the projection', { counts: false });
}

async function readAnew(
  run: Run,
  rows: readonly ClaimedRow[],
  reason: string,
  { counts }: { counts: boolean },
): Promise<void> {
  const { db, reread, logger } = run.deps;
  const { attempts } = run.limits;
  const [first] = rows;
  if (!first) return;
  const { parked, postponed } = await postponeRows(db, rows, { ms: REREAD_MS, reason, counts, alone: true, attempts });
  run.summary.parked += parked;
  run.summary.postponed += postponed;
  // Somebody else has them, or a person must see to them.
  if (postponed === 0) return;
  try {
    await reread(first.ticketId);
    if (!counts) await countOwnFailure(run, rows);
    // The first collisions are worth a quick second try; a ticket that collides again and again is somebody's battlefield.
    if (first.attempts < 3) await hastenRows(db, rows);
  } catch (error) {
    const about = { ticketId: first.ticketId, ...aboutError(error) };
    logger.warn(about, 'Could not read a changed ticket anew; trying again later');
    if (!counts && (await isItsOwn(run, error))) await countOwnFailure(run, rows);
  }
}

async function countOwnFailure(run: Run, rows: readonly ClaimedRow[]): Promise<void> {
  const { parked } = await countFailure(run.deps.db, rows, run.limits.attempts);
  run.summary.parked += parked;
  run.summary.postponed -= parked;
}

async function isItsOwn(run: Run, error: unknown): Promise<boolean> {
  return !(error instanceof ZendeskError) || (await classifyFailure(error, run.deps.zendesk)) === 'refused_for_one';
}
