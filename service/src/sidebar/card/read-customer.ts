// Reads the customer and their other tickets.
import type { CustomerTicket } from '@deskwright/shared/contract';
import type { CardContext } from './card-context.ts';
import type { CardParts } from './card-section.ts';
import { namedCategory } from './names.ts';
import { finishedTickets, type OtherTicket, openTickets } from './read-customer-tickets.ts';
import { lastWords, openPromises } from './read-promises.ts';

export const CUSTOMER_QUERIES = [openTickets, finishedTickets, lastWords];

/** Only from tickets that this agent may see. */
export function readCustomer(context: CardContext): CardParts['customer'] {
  const { requester, inForce, rows } = context;
  const open = rows(openTickets);
  const shown = (row: OtherTicket, finishedAt: string | null): CustomerTicket => ({
    id: row.id,
    subject: row.subject,
    status: row.status,
    categoryName: row.category === null ? null : namedCategory(inForce.policy, row.category).name,
    openedAt: row.createdAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  });
  return {
    name: requester?.name ?? null,
    open: open.map((row) => shown(row, null)),
    openCount: open[0]?.count ?? 0,
    recent: rows(finishedTickets).map((row) => shown(row, row.finishedAt)),
    promises: openPromises(context),
  };
}
