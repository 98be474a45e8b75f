// What follows when Zendesk does not do what was asked?
import { aboutError } from '../inbox/about-error.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import type { ClaimedRow } from './claim-ticket-changes.ts';
import { ids, LONGEST_SHARED_BLOCK_MS, type Run } from './run.ts';
import { finishRows, keepInDoubt, type Postponement, postponeRows } from './settle-rows.ts';
import { blockWrites } from './write-budget.ts';

/** Nobody else needs to try in the moment after Zendesk failed. */
const PAUSE_AFTER_FAILURE_MS = 1_000;

/**
 * Settles rows whose call failed in a way that says nothing about the ticket: `conflict`, and `rejected` of joined wishes, are the
 * caller's. `sent` false: a read failed, so nothing can have been written by this try.
 */
export async function settleFailure(
  run: Run,
  rows: readonly ClaimedRow[],
  error: unknown,
  options: { doubtful: boolean },
): Promise<void> {
  const { db, logger } = run.deps;
  const { limits, summary } = run;
  const failure = error instanceof ZendeskError ? error : null;
  const attempts = Math.max(...rows.map((row) => row.attempts));
  const again = async (how: Omit<Postponement, 'reason' | 'attempts'>, doubtful: boolean) => {
    const settle = doubtful ? keepInDoubt : postponeRows;
    const reason = failure?.message ?? 'the service failed in the middle of the call';
    const parked = await settle(db, ids(rows), { ...how, reason, attempts: limits.attempts });
    summary.parked += parked;
    summary.postponed += rows.length - parked;
    if (parked > 0) logger.warn({ outbox: ids(rows), attempts }, 'Gave wishes up after many tries and parked them');
  };

  switch (failure?.kind) {
    case 'busy': {
      const ms = failure.retryAfterMs ?? LONGEST_SHARED_BLOCK_MS;
      await blockWrites(db, Math.min(ms, LONGEST_SHARED_BLOCK_MS));
      return again({ ms, counts: false }, options.doubtful);
    }
    case 'forbidden':
      logger.error({ status: failure.status }, 'Zendesk refuses our login: check the OAuth client and its scopes');
      return again({ ms: limits.forbiddenMs, counts: false }, options.doubtful);
    case 'not_found':
    case 'rejected':
      await finishRows(db, ids(rows), 'parked', failure.message);
      summary.parked += rows.length;
      logger.warn({ outbox: ids(rows), status: failure.status }, 'Parked wishes that Zendesk refuses');
      return;
    case 'conflict':
    case 'unavailable':
      await blockWrites(db, PAUSE_AFTER_FAILURE_MS);
      return again({ ms: run.backoffMs(attempts), counts: true }, failure.kind === 'unavailable');
    case undefined:
      logger.error({ outbox: ids(rows), ...aboutError(error) }, 'Failed while carrying out wishes');
      return again({ ms: run.backoffMs(attempts), counts: true }, true);
  }
}
