// Where in the queue does a ticket stand?
import type { Decision, TicketFacts } from '@deskwright/shared';

/**
 * The sort key of the service's own queue: since when the customer waits, then the ticket's id, so that no two
 * tickets ever share a place. A customer who chases keeps the place, because the oldest unanswered comment counts.
 */
export function orderOf(facts: TicketFacts): Decision['order'] {
  return { waitingSince: facts.waitingSince, ticketId: facts.ticketId };
}
