// What do the parts of one run of the outbox share?

import type { ClaimedRow } from './claim-ticket-changes.ts';
import type { OutboxLimits } from './limits.ts';
import type { PerformDeps, PerformSummary } from './perform-effects.ts';

export interface Run {
  deps: PerformDeps;
  limits: OutboxLimits;
  summary: Omit<PerformSummary, 'againInMs'>;
  /** Ticket updates that we may make a minute, by the policy and by what the account allows. */
  writesPerMinute: number;
  /** Set when a failure of this run has stopped the writes of all. */
  stopped: boolean;
  /** Of the round at hand, settled or not. */
  claimed: ClaimedRow[];
  /** Wait before the try after so many failed ones: doubles up to a limit, half of it jitter. */
  backoffMs: (failures: number) => number;
}

/** Zendesk told one ticket to wait for longer than its one-minute buckets: others need not. */
export const LONGEST_SHARED_BLOCK_MS = 60_000;

export const ids = (rows: readonly { id: number }[]): number[] => rows.map((row) => row.id);

/** Runs `work` on all items, `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
