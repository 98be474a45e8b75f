// Loads the facts of one ticket for the policy.
import type { Priority, Status, TicketFacts, TicketType } from '@deskwright/shared';
import { readWords } from '../../decide/text/read-text.ts';
import type { TicketRow } from '../projection/ticket-row.ts';

/** Names for ids, as far as the rules use them. */
export interface Names {
  group: string | null;
  assignee: string | null;
  requester: string | null;
  requesterEmail: string | null;
  organization: string | null;
  brand: string | null;
  form: string | null;
  language: string | null;
}

/** Facts from the projection: no read of Zendesk. `comment` is the customer's newest public one. Times in epoch milliseconds. */
export function loadFacts(row: TicketRow, comment: string | null, names: Names, now: number): TicketFacts {
  return Object.freeze({
    now,
    ticketId: row.id,
    ...readWords(row.subject, row.description, comment),
    tags: row.tags,
    status: row.status as Status,
    priority: row.priority as Priority | null,
    type: row.type as TicketType | null,
    via: row.via,
    ...names,
    createdAt: row.createdAt.getTime(),
    waitingSince: row.waitingSince?.getTime() ?? null,
    customFields: row.customFields ?? {},
  });
}
