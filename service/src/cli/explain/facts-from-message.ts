// Builds the facts of a ticket of which only the text is known.
import type { TicketFacts } from '@deskwright/shared';
import { readWords } from '../../decide/text/read-words.ts';

/** The words of a ticket: one `message`, or `subject` and `description`. */
export interface Message {
  readonly message?: string | undefined;
  readonly subject?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Facts of a new ticket that came at `now` (epoch milliseconds) with these words and nothing else. A lone `message` is
 * the description; the subject stays empty.
 */
export function factsFromMessage(words: Message, ticketId: number, now = 0): TicketFacts {
  return {
    now,
    ticketId,
    ...readWords(words.subject ?? '', words.description ?? words.message ?? '', null),
    tags: [],
    status: 'new',
    priority: null,
    type: null,
    via: null,
    group: null,
    assignee: null,
    requester: null,
    requesterEmail: null,
    organization: null,
    brand: null,
    form: null,
    language: null,
    createdAt: now,
    waitingSince: now,
    customFields: {},
  };
}
