// Settles entries whose call to Zendesk failed, or whose ticket has changed since our last read.
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { blockTokens } from '../../platform/outbox/rate.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { CHECK_LOGIN } from '../../zendesk/stopped-while.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { idsOf, type Run, settleDoubt } from './run.ts';
import { type StopReason, stopWrites, WRITES } from './stopped-writes.ts';
import { type ClaimedChange, ticketOf } from './ticket-change.ts';

/** Pause for all writes right after Zendesk failed. */
const PAUSE_AFTER_FAILURE_MS = 1_000;
/** Entries that need an endpoint that fails for every record wait as after this many failures of their own. */
const AS_AFTER = 3;
/** A wait longer than Zendesk's one-minute limits concerns one ticket: others need not wait. */
const LONGEST_SHARED_BLOCK_MS = 60_000;

/**
 * Settles rows whose call failed. The caller handles `conflict`, and `rejected` for combined effects. `doubtful`: an earlier attempt may have
 * been written, so the rows stay in doubt even if this one certainly was not.
 */
export async function settleFailure(
  run: Run,
  rows: readonly ClaimedChange[],
  error: unknown,
  { doubtful }: { doubtful: boolean },
): Promise<void> {
  const { work, limits } = run;
  const { db, logger } = work;
  const failure = error instanceof ZendeskError ? error : null;
  const failures = Math.max(...rows.map((row) => row.attempts)) + 1;
  const again = async (how: { ms: number; counts: boolean }, inDoubt: boolean) => {
    const reason = failure?.message ?? 'the service failed in the middle of the call';
    await (inDoubt ? work.keepInDoubt : work.postpone)(rows, { ...how, reason });
  };

  switch (failure?.kind) {
    case 'busy': {
      const ms = failure.retryAfterMs ?? LONGEST_SHARED_BLOCK_MS;
      await blockTokens(db, WRITES, Math.min(ms, LONGEST_SHARED_BLOCK_MS));
      return again({ ms, counts: false }, doubtful);
    }
    case 'not_found':
    case 'rejected': {
      if ((await work.deadLetter(rows, failure.message)) > 0)
        logger.warn({ outbox: idsOf(rows), status: failure.status }, 'Dead-lettered effects that Zendesk refuses');
      return;
    }
    case 'conflict':
      return again({ ms: work.backoffMs(failures), counts: true }, doubtful);
    case 'forbidden':
    case 'unavailable': {
      const maybeWritten = doubtful || failure.kind === 'unavailable';
      // Zendesk may have taken long to fail, and is called once more.
      if ((await work.renew(rows)).size < rows.length) return again({ ms: 0, counts: false }, maybeWritten);
      const failed = await classifyFailure(failure, run.deps.zendesk);
      // If only audits cannot be read, or bulk jobs not be created, other tickets are still written.
      if (failed === 'endpoint_away' && !isWriteOfOne(failure))
        return again({ ms: work.backoffMs(AS_AFTER), counts: false }, maybeWritten);
      if (failed !== 'refused_for_one') {
        await stop(run, failed === 'refused_for_all' ? 'refused' : 'unavailable', failure);
        return again({ ms: 0, counts: false }, maybeWritten);
      }
      if (failure.kind === 'unavailable') await blockTokens(db, WRITES, PAUSE_AFTER_FAILURE_MS);
      const ms = Math.max(work.backoffMs(failures), failure.kind === 'forbidden' ? limits.forbiddenMs : 0);
      return again({ ms, counts: true }, maybeWritten);
    }
    case undefined:
      logger.error({ outbox: idsOf(rows), ...aboutError(error) }, 'Failed while performing effects');
      // A database failure in the middle is not the effect's failure.
      return again({ ms: work.backoffMs(failures), counts: !isTemporary(error) }, true);
  }
}

const isWriteOfOne = ({ call }: ZendeskError): boolean =>
  call !== null && /\/tickets\/\d/.test(call.path) && call.method === 'PUT';

async function stop(run: Run, reason: StopReason, failure: ZendeskError): Promise<void> {
  const { db, logger } = run.work;
  run.stopped = true;
  if (!(await stopWrites(db, reason, run.limits.probeMs))) return;
  const about = { status: failure.status, reason: failure.message };
  if (reason === 'refused') logger.error({ ...about, action: CHECK_LOGIN }, 'Zendesk refuses our login');
  else logger.warn(about, 'Zendesk is unavailable: nothing is written until it answers');
}

/** Until the ticket is read again no other process should try; if this process dies, others retry after this long. */
const REREAD_MS = 30_000;

/**
 * Reads the ticket again and lets the policy decide it, which supersedes pending changes of older decisions; the rest
 * is retried with the new timestamp. A row whose earlier attempt was in doubt is looked up first: that late write may be the
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

/** The same for rows whose ticket is not in the projection: counted as their failure only if Zendesk answers the read. */
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
  // Another process has them, or they need an operator.
  if (postponed === 0) return;
  try {
    await deps.reread(ticketOf(rows));
    if (!counts) await work.countFailure(rows);
    // The first collisions are retried quickly; a ticket that keeps colliding is retried more slowly.
    if (first.attempts < 3) await work.makeDueNow(rows);
  } catch (error) {
    const about = { ticketId: ticketOf(rows), ...aboutError(error) };
    work.logger.warn(about, 'Could not read a changed ticket again; retrying later');
    if (!counts && (await isOwnFailure(run, error))) await work.countFailure(rows);
  }
}

async function isOwnFailure(run: Run, error: unknown): Promise<boolean> {
  return !(error instanceof ZendeskError) || (await classifyFailure(error, run.deps.zendesk)) === 'refused_for_one';
}
