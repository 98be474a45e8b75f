// Reads who the customer is and their history with us.
import type { CustomerCard, CustomerTicket } from '@deskwright/shared/contract';
import type { CardContext } from './card-context.ts';
import { namedCategory } from './names.ts';
import { readAnswers } from './read-answers.ts';
import { type CustomerTicketRow, readFinishedTickets, readOpenTickets } from './read-customer-tickets.ts';
import { readPromises } from './read-promises.ts';

/** Only of tickets that this agent may see. */
export async function readCustomer(context: CardContext): Promise<CustomerCard> {
  const { requester, inForce } = context;
  const [answers, open, recent, promises] = await Promise.all([
    readAnswers(context),
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
    answers,
    open: open.rows.map(shown),
    openCount: open.count,
    recent: recent.map(shown),
    promises,
  };
}
