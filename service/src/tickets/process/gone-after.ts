// Reads from an event whether a ticket is gone: merged, deleted or marked as spam.
import type { TicketNews } from '../hooks.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';

/** How a change leaves the ticket; null: as a usual ticket. Undefined: it does not say. */
export function goneByChange(change: TicketNews['change']): TicketRow['gone'] | undefined {
  switch (change?.kind) {
    case 'merged':
      return 'merged';
    case 'marked_as_spam':
      return 'spam';
    case 'soft_deleted':
    case 'permanently_deleted':
      return 'deleted';
    case 'undeleted':
      return null;
    default:
      return undefined;
  }
}

/** Undefined: the event does not say. */
export function goneAfter({ change, detail }: TicketEvent): TicketRow['gone'] | undefined {
  const gone = goneByChange(change);
  if (gone !== undefined) return gone;
  if (detail?.status === 'deleted') return 'deleted';
  return detail?.tags.includes('closed_by_merge') ? 'merged' : undefined;
}
