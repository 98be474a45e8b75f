// Declares the payments found for a ticket, and the refunds that were made of them.

import type { Money } from './refund-card.ts';
import type { Instant } from './values.ts';

/** The answer to `GET /api/tickets/:id/payments`. */
export interface TicketPayments {
  /** When the provider showed them; while it does not answer, those that it showed last. */
  readonly asOf: Instant;
  /** Why `payments` may not be all; null: they are. `not_connected`: there is no provider. `unavailable`: it does not answer. */
  readonly problem: 'not_connected' | 'unavailable' | null;
  /** Newest first. */
  readonly payments: readonly TicketPayment[];
  /** Of the ticket and of the customer's other tickets, newest first. */
  readonly refunds: readonly PaymentRefund[];
}

export interface TicketPayment {
  /** As `RefundPayment` names it. */
  readonly payment: string;
  readonly paidAt: Instant;
  readonly amount: Money;
  /** What of it can still be refunded by anybody. */
  readonly left: Money;
  /** What this agent may refund of it now without approval. */
  readonly upTo: Money;
  /** The rules that decided, and the most that each allows; null: any amount. */
  readonly checks: readonly { readonly rule: string; readonly allows: number | null }[];
  /** In the provider's words: `card`, `us_bank_account`; `visa`. */
  readonly instrument: { readonly kind: string; readonly brand: string | null; readonly last4: string | null };
  /**
   * How it was found. `verified`: by the address or profile of a customer who is verified on the ticket. `email`, `customer_id`: by the address
   * or the profile of a customer whose address anybody can write from; `ticket_field`: by a field that anybody may have filled in.
   */
  readonly match: 'verified' | 'customer_id' | 'email' | 'ticket_field';
  readonly description: string | null;
  /** Null: there is none that is open or was lost. */
  readonly dispute: {
    /** The bank has paid the customer. Left out by the former version. */
    readonly isLost?: boolean;
    /** In the provider's words. */
    readonly reason: string;
    readonly evidenceDueBy: Instant | null;
    /** What the policy wants for this reason, in its order. */
    readonly evidence: readonly DisputeEvidence[];
  } | null;
}

export interface DisputeEvidence {
  readonly id: string;
  readonly text: string;
  /** Null: it is missing. */
  readonly done: { readonly by: string; readonly at: Instant } | null;
}

/** `PUT /api/tickets/:id/evidence/:evidenceId` */
export interface TickEvidence {
  /** As `TicketPayment` names it. */
  readonly payment: string;
  readonly done: boolean;
}

export interface PaymentRefund {
  readonly requestId: string;
  readonly ticketId: number;
  readonly amount: Money;
  readonly instrument: TicketPayment['instrument'];
  /** As in `RecordedRefund`. */
  readonly reasonCode: string | null;
  readonly by: string;
  readonly at: Instant;
  readonly state: 'started' | 'pending' | 'succeeded' | 'refused' | 'failed';
  /** The provider's id; null: there is none yet. */
  readonly providerRef: string | null;
  /** With `refused`: why. */
  readonly refusedBecause: string | null;
}
