// Keeps which payments were found for a ticket, and computes what is left of one.
import type { TicketPayment } from '@deskwright/shared/contract';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Dispute, MatchedBy, Payment } from '../../payments/payment-provider.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { refuse } from '../../sidebar/index.ts';
import { ofNoOpenTicket, type TicketRow } from '../../tickets/index.ts';
import { foundPayments } from '../tables.ts';

/** A payment as the ledger names it: `stripe:ch_1`. */
export const paymentKey = ({ provider, id }: Pick<Payment, 'provider' | 'id'>): string => `${provider}:${id}`;

/** The provider's id in it. */
export const providerIdOf = (payment: string): string => payment.slice(payment.indexOf(':') + 1);

export type FoundPayment = typeof foundPayments.$inferSelect;

/** How a payment was found, of a customer who is not verified. */
export const matchOf = (matchedBy: MatchedBy): Exclude<TicketPayment['match'], 'verified'> =>
  matchedBy === 'ticket_field' || matchedBy === 'customer_id' ? matchedBy : 'email';

/** A ticket, and whose it is. */
export type OfTicket = Readonly<Pick<TicketRow, 'id' | 'requesterId'>>;

/** @param now when the provider showed them */
export async function saveFoundPayments(
  db: Queryable,
  { id: ticketId, requesterId }: OfTicket,
  payments: readonly Payment[],
  now: Date,
): Promise<void> {
  if (payments.length === 0) return;
  await db
    .insert(foundPayments)
    .values(
      payments.map((payment) => ({
        ticketId,
        requesterId,
        payment: paymentKey(payment),
        amountMinor: payment.amount.minor,
        refundedMinor: payment.refunded.minor,
        currency: payment.amount.currency,
        paidAt: payment.paidAt,
        instrument: payment.instrument,
        matchedBy: payment.matchedBy,
        ...disputeColumns(payment),
        readAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: [foundPayments.ticketId, foundPayments.payment],
      set: {
        requesterId: sql`excluded.requester_id`,
        refundedMinor: sql`excluded.refunded_minor`,
        matchedBy: sql`excluded.matched_by`,
        isDisputed: sql`excluded.is_disputed`,
        disputeState: sql`excluded.dispute_state`,
        disputeId: sql`excluded.dispute_id`,
        disputeReason: sql`excluded.dispute_reason`,
        evidenceDueBy: sql`excluded.evidence_due_by`,
        readAt: sql`excluded.read_at`,
      },
    });
}

const disputeColumns = ({ dispute }: Pick<Payment, 'dispute'>) => {
  const against = dispute === null || dispute.state === 'won' ? null : dispute;
  return {
    isDisputed: against !== null,
    disputeState: dispute?.state ?? null,
    disputeId: against?.id ?? null,
    disputeReason: against?.reason ?? null,
    evidenceDueBy: against?.evidenceDueBy ?? null,
  };
};

/** As the provider shows it now, for all tickets for which it was found. */
export async function renewFoundPayment(db: Queryable, payment: Payment, now: Date): Promise<void> {
  await db
    .update(foundPayments)
    .set({ refundedMinor: payment.refunded.minor, ...disputeColumns(payment), readAt: now })
    .where(eq(foundPayments.payment, paymentKey(payment)));
}

/** Null: it was not found for this ticket and the customer that it has now, so nobody refunds it from there. */
export async function readFoundPayment(
  db: Queryable,
  { id, requesterId }: OfTicket,
  payment: string,
): Promise<FoundPayment | null> {
  const [found] = await db
    .select()
    .from(foundPayments)
    .where(and(eq(foundPayments.ticketId, id), eq(foundPayments.payment, payment)));
  return found !== undefined && found.requesterId === requesterId ? found : null;
}

/** Those found for this ticket and the customer that it has now, the newest first. */
export async function listFound(db: Queryable, { id, requesterId }: OfTicket): Promise<FoundPayment[]> {
  const rows = await db
    .select()
    .from(foundPayments)
    .where(eq(foundPayments.ticketId, id))
    .orderBy(desc(foundPayments.paidAt));
  return rows.filter((row) => row.requesterId === requesterId);
}

/** What the provider showed last for the ticket and its customer, and since when nothing newer is known. Null: nothing. */
export async function readLastFound(
  db: Queryable,
  ticket: OfTicket,
): Promise<{ asOf: Date; payments: readonly Payment[] } | null> {
  const known = await listFound(db, ticket);
  if (known.length === 0) return null;
  return {
    asOf: new Date(Math.min(...known.map(({ readAt }) => readAt.getTime()))),
    payments: known.map(({ payment, paidAt, currency, instrument, matchedBy, ...row }) => ({
      id: providerIdOf(payment),
      provider: 'stripe',
      paidAt,
      amount: { minor: row.amountMinor, currency },
      refunded: { minor: row.refundedMinor, currency },
      instrument,
      dispute: lastDispute(row),
      matchedBy,
      description: null,
    })),
  };
}

type LastDispute = Pick<FoundPayment, 'disputeId' | 'disputeReason' | 'evidenceDueBy' | 'isDisputed' | 'disputeState'>;

/** Without an id and a reason where the former version read it. */
function lastDispute({ disputeId, disputeReason, evidenceDueBy, ...row }: LastDispute): Dispute | null {
  const state = disputeStateOf(row);
  return state === null
    ? null
    : { id: disputeId ?? '', status: 'unknown', reason: disputeReason ?? 'unknown', evidenceDueBy, state };
}

/** What keeps the payment from being refunded; null: nothing. One that only the former version has read counts as open until it is read again. */
export function disputeStateOf({
  isDisputed,
  disputeState,
}: Pick<FoundPayment, 'isDisputed' | 'disputeState'>): 'open' | 'lost' | null {
  if (!isDisputed) return null;
  return disputeState === 'lost' ? 'lost' : 'open';
}

export const NOT_FOUND = refuse('not_found', 'No such payment was found for this ticket. Look for payments again.');

/**
 * What may still be refunded, by the books and by what the provider showed: the smaller. Minor units.
 * @param byBooks null: they do not know the payment
 */
export const leftOf = (byBooks: number | null, { amountMinor, refundedMinor }: FoundPayment): number =>
  Math.max(0, Math.min(byBooks ?? amountMinor, amountMinor - refundedMinor));

export async function pruneFoundPayments(db: Database, before: Date): Promise<void> {
  await db.delete(foundPayments).where(and(lt(foundPayments.readAt, before), ofNoOpenTicket(foundPayments.ticketId)));
}
