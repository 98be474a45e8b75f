// Records what features did for a ticket, in their transaction.
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketRow } from '../../tickets/index.ts';
import { appendHistory, type NewEntry } from './append.ts';

/** What Deskwright did, or an agent or customer in it. `at` is the service's time. */
export type NewHistoryEntry = Omit<NewEntry, 'source' | 'position'>;

export function recordHistory(tx: Queryable, entries: readonly NewHistoryEntry[]): Promise<void> {
  return appendHistory(
    tx,
    entries.map((entry) => ({ ...entry, source: 'deskwright' })),
  );
}

type Placed = Pick<TicketRow, 'category' | 'tier'>;

/** What an agent changed of category and tier. */
export function placementEntries(
  before: Placed & Pick<TicketRow, 'id'>,
  after: Placed,
  { at, agentId }: { at: Date; agentId: number },
): NewHistoryEntry[] {
  return (['category', 'tier'] as const)
    .filter((kind) => before[kind] !== after[kind])
    .map((kind) => ({
      ticketId: before.id,
      at,
      kind,
      value: after[kind],
      actor: 'agent',
      actorId: agentId,
      check: 'last',
    }));
}
