// Settles entries whose call to Zendesk failed.
import { aboutError } from '../../platform/errors/about-error.ts';
import { isAway } from '../../platform/errors/is-away.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { idsOf, type Run } from './run.ts';
import { type StopReason, stopWrites } from './stopped-writes.ts';
import type { ClaimedChange } from './ticket-change.ts';
import { blockWrites } from './write-budget.ts';

/** Nobody else needs to try in the moment after Zendesk failed. */
const PAUSE_AFTER_FAILURE_MS = 1_000;
/** Entries that need an endpoint which fails for everybody wait as after so many failures of their own. */
const AS_AFTER = 3;
/** Zendesk told one ticket to wait for longer than its one-minute buckets: others need not. */
const LONGEST_SHARED_BLOCK_MS = 60_000;

/**
 * Settles rows whose call failed. `conflict`, and `rejected` of joined effects, are the caller's. `doubtful`: an earlier try may have
 * been written, so the rows stay in doubt even where this one certainly was not.
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
      await blockWrites(db, Math.min(ms, LONGEST_SHARED_BLOCK_MS));
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
      // Zendesk may have taken its time to fail, and is asked once more.
      if ((await work.renew(rows)).size < rows.length) return again({ ms: 0, counts: false }, maybeWritten);
      const failed = await classifyFailure(failure, run.deps.zendesk);
      // Where only the audits cannot be read, or no bulk job be made, other tickets are written all the same.
      if (failed === 'endpoint_away' && !isWriteOfOne(failure))
        return again({ ms: work.backoffMs(AS_AFTER), counts: false }, maybeWritten);
      if (failed !== 'refused_for_one') {
        await stop(run, failed === 'refused_for_all' ? 'refused' : 'unavailable', failure);
        return again({ ms: 0, counts: false }, maybeWritten);
      }
      if (failure.kind === 'unavailable') await blockWrites(db, PAUSE_AFTER_FAILURE_MS);
      const ms = Math.max(work.backoffMs(failures), failure.kind === 'forbidden' ? limits.forbiddenMs : 0);
      return again({ ms, counts: true }, maybeWritten);
    }
    case undefined:
      logger.error({ outbox: idsOf(rows), ...aboutError(error) }, 'Failed while performing effects');
      // A database that broke off in the middle is not the effect's failure.
      return again({ ms: work.backoffMs(failures), counts: !isAway(error) }, true);
  }
}

const isWriteOfOne = ({ call }: ZendeskError): boolean =>
  call !== null && /\/tickets\/\d/.test(call.path) && call.method === 'PUT';

async function stop(run: Run, reason: StopReason, failure: ZendeskError): Promise<void> {
  const { db, logger } = run.work;
  run.stopped = true;
  if (!(await stopWrites(db, reason, run.limits.probeMs))) return;
  const about = { status: failure.status, reason: failure.message };
  if (reason === 'refused') logger.error(about, 'Zendesk refuses our login: check the OAuth client and its scopes');
  else logger.warn(about, 'Zendesk is away: nothing is written until it answers');
}
