// Reads who the customer is and their history with us.
import type { CustomerTicket } from '@deskwright/shared/contract';
import type { CardContext } from './card-context.ts';
import type { CardParts } from './card-section.ts';
import { namedCategory } from './names.ts';
import { type CustomerTicketRow, readFinishedTickets, readOpenTickets } from './read-customer-tickets.ts';
import { readPromises } from './read-promises.ts';

/** Only of tickets that this agent may see. */
export async function readCustomer(context: CardContext): Promise<CardParts['customer']> {
  const { requester, inForce } = context;
  const [open, recent, promises] = await Promise.all([
    readOpenTickets(context),
    readFinishedTickets(context),
    readPromises(context),
  ]);
  const shown = ({ category, createdAt, waitingSince, finishedAt, ...row }: CustomerTicketRow): CustomerTicket => ({
    ...row,
    categoryName: category === null ? null : namedCategory(inForce.policy, category).name,
    openedAt: createdAt.toISOString(),
    waitingSince: waitingSince?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  });
  return {
    name: requester?.name ?? null,
    open: open.rows.map(shown),
    openCount: open.count,
    recent: recent.map(shown),
    promises,
  };
}
