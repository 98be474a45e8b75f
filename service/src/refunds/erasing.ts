// Erases what agents wrote about refunds, and whose refunds they were.
import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { type ErasingHook, ofNoOpenTicket } from '../tickets/index.ts';
import { forgetCustomers, mergeCustomers } from './customers.ts';
import { foundPayments, paymentRefunds, refunds } from './tables.ts';

/** The amounts stay, as a record of money. */
export const refundErasing = {
  counts: { refunds: 'reasons of refunds', ledger: 'customers in the ledger of refunds' },
  onEraseTickets: async (tx, { ids }) => {
    const reasons = await tx
      .update(refunds)
      .set({ reason: null })
      .where(and(inArray(refunds.ticketId, [...ids]), isNotNull(refunds.reason)));
    const ofPayments = await tx
      .update(paymentRefunds)
      .set({ reason: null })
      .where(and(inArray(paymentRefunds.ticketId, [...ids]), isNotNull(paymentRefunds.reason)));
    await tx.delete(foundPayments).where(inArray(foundPayments.ticketId, [...ids]));
    return { refunds: (reasons.rowCount ?? 0) + (ofPayments.rowCount ?? 0) };
  },
  onEraseCustomers: async (tx, { ids }) => ({ erased: { ledger: await forgetCustomers(tx, ids) }, ticketIds: [] }),
  onMergeCustomers: (tx, { from, into }) => mergeCustomers(tx, from, into),
} satisfies ErasingHook;

/** What an agent wrote about a refund goes with the other actions of the sidebar; the amount stays. */
export async function pruneReasons(db: Database, before: Date): Promise<void> {
  const old = and(isNotNull(refunds.reason), lt(refunds.grantedAt, before), ofNoOpenTicket(refunds.ticketId));
  await db.update(refunds).set({ reason: null }).where(old);
  await db
    .update(paymentRefunds)
    .set({ reason: null })
    .where(
      and(
        isNotNull(paymentRefunds.reason),
        lt(paymentRefunds.startedAt, before),
        ofNoOpenTicket(paymentRefunds.ticketId),
      ),
    );
}
