// Records what happens to tickets in their history, in the ticket's transaction.
import type { TicketHook } from '../../tickets/index.ts';
import { appendHistories, appendHistory } from './append.ts';
import { entriesOf } from './entries-of.ts';

export function historyTicketHook({ clock }: { clock: () => number }): TicketHook {
  return {
    // Queried without any entries too, so that tickets with and without them share their statements.
    onRecord: ({ query }, record) => query(appendHistories, entriesOf(record)),
    onGone: (tx, ticketId) => appendHistory(tx, [{ ticketId, at: new Date(clock()), kind: 'deleted', source: 'read' }]),
  };
}
