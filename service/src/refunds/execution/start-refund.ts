// Starts a refund at the provider: reserves the money in the ledger and records the effect that makes it, in one transaction.
import { localDate } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { refundStep } from '../../payments/payment-provider.ts';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { DONE, type Refused, refuse, SENT_FOR_ANOTHER } from '../../sidebar/index.ts';
import type { TicketRow } from '../../tickets/index.ts';
import { nameCustomer } from '../customers.ts';
import { inNote } from '../enter-refund.ts';
import type { OpenLedger } from '../ledger/ledger.ts';
import { refuseDisputed } from '../refuse-refund.ts';
import { paymentRefunds } from '../tables.ts';
import { disputeStateOf, type FoundPayment, leftOf } from './found-payments.ts';
import { REFUND_PAYMENT } from './refund-payment-effect.ts';

export interface RefundToStart {
  /** Of the form or of the approval: the same one starts once. */
  readonly requestId: string;
  readonly ticket: Pick<TicketRow, 'id' | 'requesterId'>;
  /** Against whose day it counts. */
  readonly agentId: number;
  /** As it was found for the ticket, read while the ledger is open. */
  readonly found: FoundPayment;
  readonly amount: Money;
  /** Whether the customer is verified on the ticket. */
  readonly isVerified: boolean;
  readonly reason: string | null;
  /** Of the policy's list; null: none was chosen. */
  readonly reasonCode: string | null;
  /** Of the decision: what the ledger keeps. */
  readonly rule: string | null;
  readonly policyHash: string | null;
  readonly approvedBy: number | null;
  /** The policy's: says on which day it counts, and on which it was paid. */
  readonly timeZone: string;
  readonly now: Date;
}

/**
 * Call it with the ticket locked and the ledger open, after the policy allowed the refund: it checks only what no policy can allow. A refusal comes
 * before all writes.
 */
export async function startRefund(
  tx: Queryable,
  ledger: OpenLedger,
  refund: RefundToStart,
): Promise<typeof DONE | Refused> {
  const { requestId, ticket, agentId, found, amount, approvedBy, timeZone, now } = refund;
  const { payment } = found;
  if ((await ledger.ofRequest(requestId)).length > 0) return SENT_FOR_ANOTHER;
  if (amount.currency !== found.currency)
    return refuse('conflict', `The payment was made in ${found.currency}, and is refunded in nothing else.`);
  const dispute = disputeStateOf(found);
  if (dispute !== null) return refuseDisputed(dispute);
  const byBooks = await ledger.refundable(payment, found.currency);
  const left = leftOf(byBooks, found);
  if (amount.minor > left) {
    const upTo = { minor: left, currency: found.currency };
    return refuse('above_payment', `Only ${inNote(upTo)} of this payment can still be refunded.`, { upTo });
  }
  const step = refundStep(found.currency);
  if (amount.minor % step !== 0) {
    const upTo = { minor: amount.minor - (amount.minor % step), currency: found.currency };
    return refuse(
      'amount_not_possible',
      `${found.currency} can be refunded in steps of ${inNote({ ...upTo, minor: step })} only.`,
      { upTo },
    );
  }
  const [started] = await tx
    .insert(paymentRefunds)
    .values({
      requestId,
      ticketId: ticket.id,
      agentId,
      approvedBy,
      payment,
      amountMinor: amount.minor,
      currency: amount.currency,
      instrument: found.instrument,
      matchedBy: storedMatch(found.matchedBy, refund.isVerified),
      reason: refund.reason,
      reasonCode: refund.reasonCode,
      state: 'started',
      startedAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (started === undefined) return SENT_FOR_ANOTHER;
  const entry = {
    currency: amount.currency,
    payment,
    ticketId: ticket.id,
    customer: ticket.requesterId === null ? null : await nameCustomer(tx, ticket.requesterId),
    day: localDate(now.getTime(), timeZone),
    policyHash: refund.policyHash,
    providerRef: null,
    at: now,
  };
  const paidOn = localDate(found.paidAt.getTime(), timeZone);
  const paid = { kind: 'payment', amountMinor: found.amountMinor, requestId: null, agentId: null, rule: null } as const;
  await ledger.append([
    ...(byBooks !== null ? [] : [{ ...entry, ...paid, day: paidOn, approvedBy: null }]),
    { ...entry, kind: 'reserved', amountMinor: amount.minor, requestId, agentId, rule: refund.rule, approvedBy },
  ]);
  await recordEffect(tx, REFUND_PAYMENT, {
    key: `refund_payment:${requestId}`,
    subjectId: ticket.id,
    payload: { requestId },
  });
  return DONE;
}

/** A verified customer is who their address or profile says; whoever filled in a field of the ticket is not. */
function storedMatch(
  matchedBy: FoundPayment['matchedBy'],
  isVerified: boolean,
): typeof paymentRefunds.$inferInsert.matchedBy {
  if (!isVerified) return matchedBy;
  if (matchedBy === 'email') return 'verified_email';
  return matchedBy === 'customer_id' ? 'verified_customer_id' : matchedBy;
}
