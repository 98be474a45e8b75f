// Indexes tickets for search with a delay after each change.
import type { Account } from '../../account/account.ts';
import type { Ticket } from '../../account/types.ts';

export interface SearchIndex {
  /** Tickets as they were when they were last indexed. */
  tickets: () => readonly Ticket[];
}

// Without searches, changes must not accumulate without limit.
const CATCH_UP_EVERY = 1_000;

/** Real indexing takes minutes at times; here a change is found `lagMs` of the account's clock after it was made. */
export function createSearchIndex(account: Account, lagMs: number): SearchIndex {
  const indexed = new Map(account.tickets.list().map((ticket) => [ticket.id, ticket]));
  let waiting: { ticket: Ticket; visibleAt: number }[] = [];
  const absorb = (ticket: Ticket): void => {
    if (ticket.status === 'deleted') indexed.delete(ticket.id);
    else indexed.set(ticket.id, ticket);
  };
  const catchUp = (): void => {
    const now = account.clock.now();
    for (const { ticket, visibleAt } of waiting) if (visibleAt <= now) absorb(ticket);
    waiting = waiting.filter(({ visibleAt }) => visibleAt > now);
  };
  account.onTicketChange(({ after, at }) => {
    waiting.push({ ticket: after, visibleAt: at + lagMs });
    if (waiting.length % CATCH_UP_EVERY === 0) catchUp();
  });
  return {
    tickets: () => {
      catchUp();
      return [...indexed.values()];
    },
  };
}
