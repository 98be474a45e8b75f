// Finds which of the payments found for a ticket the bank disputes, for the sections of its card.
import { and, eq } from 'drizzle-orm';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import type { Asked } from '../../sidebar/index.ts';
import { foundPayments } from '../tables.ts';

/** Of the customer that the ticket has now, as when a refund is judged. */
export const disputedHere = ({ ticketId, requesterId }: Asked) =>
  rowsOf({ payment: foundPayments.payment }, (select) =>
    select
      .from(foundPayments)
      .where(
        and(eq(foundPayments.ticketId, ticketId), eq(foundPayments.requesterId, requesterId), foundPayments.isDisputed),
      ),
  );
