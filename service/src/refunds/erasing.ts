// Erases what agents wrote about refunds, and whose refunds they were.
import { and, inArray, isNotNull, lt, or } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { type ErasingHook, ofNoOpenTicket } from '../tickets/index.ts';
import { forgetCustomers, mergeCustomers } from './customers.ts';
import { forgetEvidence } from './disputes/evidence.ts';
import { REFUND_PAYMENT } from './execution/refund-payment-effect.ts';
import { forgetFormerRequesters, mergeFormerRequesters } from './former-requesters.ts';
import { foundPayments, paymentRefunds, refundApprovals, refunds } from './tables.ts';

const HAS_WORDS = or(isNotNull(refundApprovals.reason), isNotNull(refundApprovals.answer));

/** The amounts stay, as a record of money. */
export const refundErasing = {
  counts: {
    refunds: 'reasons of refunds',
    approvals: 'reasons of requests to approve refunds',
    ledger: 'customers in the ledger of refunds',
  },
  // The money is reserved until the refund ends; the payload is the request's id.
  keepsEffects: [REFUND_PAYMENT.name],
  onEraseTickets: async (tx, { ids }) => {
    const reasons = await tx
      .update(refunds)
      .set({ reason: null })
      .where(and(inArray(refunds.ticketId, [...ids]), isNotNull(refunds.reason)));
    const ofPayments = await tx
      .update(paymentRefunds)
      .set({ reason: null })
      .where(and(inArray(paymentRefunds.ticketId, [...ids]), isNotNull(paymentRefunds.reason)));
    await forgetFormerRequesters(tx, { ticketIds: ids });
    await forgetEvidence(tx, ids);
    await tx.delete(foundPayments).where(inArray(foundPayments.ticketId, [...ids]));
    const approvals = await tx
      .update(refundApprovals)
      .set({ reason: null, answer: null })
      .where(and(inArray(refundApprovals.ticketId, [...ids]), HAS_WORDS));
    return {
      refunds: (reasons.rowCount ?? 0) + (ofPayments.rowCount ?? 0),
      approvals: approvals.rowCount ?? 0,
    };
  },
  onEraseCustomers: async (tx, { ids }) => {
    await forgetFormerRequesters(tx, { requesterIds: ids });
    return { erased: { ledger: await forgetCustomers(tx, ids) }, ticketIds: [] };
  },
  onMergeCustomers: async (tx, { from, into }) => {
    await mergeFormerRequesters(tx, from, into);
    await mergeCustomers(tx, from, into);
  },
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
  const { askedAt, ticketId } = refundApprovals;
  await db
    .update(refundApprovals)
    .set({ reason: null, answer: null })
    .where(and(HAS_WORDS, lt(askedAt, before), ofNoOpenTicket(ticketId)));
}
