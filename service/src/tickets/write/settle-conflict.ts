// Settles entries whose ticket has changed since we last saw it.
import { aboutError } from '../../platform/errors/about-error.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { settleFailure } from './after-failure.ts';
import { settleDoubt } from './marks.ts';
import type { Run } from './run.ts';
import { type ClaimedChange, ticketOf } from './ticket-change.ts';

/** Until the ticket is read anew nobody else should try; a process that dies here leaves the rows to others after this. */
const REREAD_MS = 30_000;

/**
 * Reads the ticket anew and lets the policy decide it again, which supersedes what its older decisions still wanted; what is left
 * goes again with the fresh stamp. A row whose earlier try was in doubt is looked up first: that late write may be the very
 * change that collided.
 */
export async function settleConflict(
  run: Run,
  rows: readonly ClaimedChange[],
  reason: string,
  { doubtful = rows.some((row) => row.inDoubt) }: { doubtful?: boolean } = {},
): Promise<void> {
  let open = rows;
  if (doubtful) {
    try {
      open = await settleDoubt(run, rows);
    } catch (error) {
      return settleFailure(run, rows, error, { doubtful: true });
    }
  }
  await readAnew(run, open, reason, { counts: true });
}

/** The same for rows whose ticket we do not have: a failure of their own only if Zendesk, asked for it, answers. */
export async function settleUnknownTicket(run: Run, rows: readonly ClaimedChange[]): Promise<void> {
  await readAnew(run, rows, 'the ticket is not in the projection', { counts: false });
}

async function readAnew(
  run: Run,
  rows: readonly ClaimedChange[],
  reason: string,
  { counts }: { counts: boolean },
): Promise<void> {
  const { work, deps } = run;
  const [first] = rows;
  if (!first) return;
  const { postponed } = await work.postpone(rows, { ms: REREAD_MS, reason, counts, alone: true });
  // Somebody else has them, or a person must see to them.
  if (postponed === 0) return;
  try {
    await deps.reread(ticketOf(rows));
    if (!counts) await work.countFailure(rows);
    // The first collisions are worth a quick second try; a ticket that collides again and again is somebody's battlefield.
    if (first.attempts < 3) await work.hasten(rows);
  } catch (error) {
    const about = { ticketId: ticketOf(rows), ...aboutError(error) };
    work.logger.warn(about, 'Could not read a changed ticket anew; trying again later');
    if (!counts && (await isItsOwn(run, error))) await work.countFailure(rows);
  }
}

async function isItsOwn(run: Run, error: unknown): Promise<boolean> {
  return !(error instanceof ZendeskError) || (await classifyFailure(error, run.deps.zendesk)) === 'refused_for_one';
}
