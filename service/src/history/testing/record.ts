// Records histories for tests of what is computed from them.
import type { HistoryEntry, HistoryKind } from '../../figures/history-entry.ts';
import type { Database } from '../../platform/storage/database.ts';
import { history, measuresDue } from '../tables.ts';

/** In one transaction, as the ticket's. */
export async function record(db: Database, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.insert(history).values(entries.map((row) => ({ ...row, source: 'event' as const })));
    await tx.insert(measuresDue).values(entries.map(({ ticketId }) => ({ ticketId })));
  });
}

function anEntryOf(
  ticketId: number,
  at: string,
  kind: HistoryKind,
  part: Partial<Omit<HistoryEntry, 'ticketId' | 'at' | 'kind'>> = {},
): HistoryEntry {
  return {
    ticketId,
    at: new Date(at),
    kind,
    value: null,
    ref: null,
    actor: null,
    actorId: null,
    public: null,
    groupId: null,
    assigneeId: null,
    rule: null,
    ...part,
  };
}

/** A customer writes, is answered an hour later, and the ticket is solved with it. */
export function anAnsweredTicket(ticketId: number, day: string): HistoryEntry[] {
  const [asked, answered] = [`${day}T14:00:00Z`, `${day}T15:00:00Z`];
  const customer = { actor: 'customer', actorId: 900 } as const;
  const agent = { actor: 'agent', actorId: 7 } as const;
  return [
    anEntryOf(ticketId, asked, 'created', { value: 'email', ref: 900, ...customer }),
    anEntryOf(ticketId, asked, 'comment', { value: 'email', ref: ticketId * 10, public: true, ...customer }),
    anEntryOf(ticketId, asked, 'tier', { value: 't1', actor: 'us' }),
    anEntryOf(ticketId, answered, 'comment', { value: 'email', ref: ticketId * 10 + 1, public: true, ...agent }),
    anEntryOf(ticketId, answered, 'status', { value: 'solved', groupId: 11, assigneeId: 7, ...agent }),
  ];
}
