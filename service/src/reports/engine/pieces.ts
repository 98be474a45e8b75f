// Links the texts of a report: what has numbers to the dashboard, tickets to themselves.
import type { TicketLink } from '@deskwright/shared/contract';

/** A part of a text; without an address it is no link. */
export interface Piece {
  readonly text: string;
  readonly url: string | null;
}

/** @param link the dashboard; null: unknown */
export const linkNumbers = (text: string, link: string | null): Piece[] => [
  { text, url: /\d/.test(text) ? link : null },
];

/** Each `#4711` of these tickets. */
export function linkTickets(text: string, tickets: readonly TicketLink[]): Piece[] {
  const urls = new Map(tickets.map(({ id, url }) => [`#${id}`, url]));
  return text
    .split(/(#\d+)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, url: urls.get(part) || null }));
}
