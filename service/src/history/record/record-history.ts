// Records what features did for a ticket, in their transaction.
import type { Queryable } from '../../platform/storage/database.ts';
import { appendHistory, type NewEntry } from './append.ts';

/** What Deskwright or an agent in it did. `at` is the service's time. */
export function recordHistory(
  tx: Queryable,
  entries: readonly Omit<NewEntry, 'source' | 'position' | 'isLate'>[],
): Promise<void> {
  return appendHistory(
    tx,
    entries.map((entry) => ({ ...entry, source: 'deskwright' })),
  );
}
