// Reads refunds that have started and that nothing would make any more, so that their reservation would never end.
import { and, eq, isNull, lt, notExists, or, sql } from 'drizzle-orm';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { AT_WORK_MS } from '../execution/perform-refund.ts';
import { REFUND_PAYMENT } from '../execution/refund-payment-effect.ts';
import { paymentRefunds } from '../tables.ts';

/**
 * As after a former version erased the ticket. Call it before the provider is asked for its refunds: one of these that the provider does not show was not
 * made, and will not be. @param payment as the ledger names it
 */
export async function listAbandoned(
  db: Database,
  payment: string,
  now: Date,
): Promise<{ readonly requestId: string }[]> {
  const { requestId, state, sentAt } = paymentRefunds;
  // Dead-lettered and observed ones are retried and activated by operators.
  const waiting = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.key, sql`${`${REFUND_PAYMENT.name}:`}::text || ${requestId}`),
        sql`${outbox.state} NOT IN ('done', 'cancelled')`,
      ),
    );
  return db
    .select({ requestId })
    .from(paymentRefunds)
    .where(
      and(
        eq(paymentRefunds.payment, payment),
        eq(state, 'started'),
        or(isNull(sentAt), lt(sentAt, new Date(now.getTime() - AT_WORK_MS))),
        notExists(waiting),
      ),
    );
}
