// What may the rules know about a ticket of which only the words are there?
import type { TicketFacts } from '@deskwright/shared';

/** The words of a ticket: one `message`, or `subject` and `description`. */
export interface Message {
  readonly message?: string;
  readonly subject?: string;
  readonly description?: string;
}

/**
 * Facts of a new ticket that came at `now` (epoch milliseconds) with these words and nothing else. A lone `message` is
 * the description; the subject stays empty.
 */
export function factsFromMessage(words: Message, ticketId: number, now = 0): TicketFacts {
  const description = words.description ?? words.message ?? '';
  return {
    now,
    ticketId,
    subject: words.subject ?? '',
    description,
    comment: description,
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
