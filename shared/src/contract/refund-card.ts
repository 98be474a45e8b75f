// Declares what an agent may refund, and the refunds recorded on a ticket.
import type { Instant } from './values.ts';

/** Integer minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export interface RefundCard {
  /** Whether the ticket's category is about money. If it is not, limits are shown only when the agent asks for them. */
  readonly aboutMoney: boolean;
  /** Whether this agent may approve more than the limits of others; the policy sets no upper limit for that. */
  readonly mayApprove: boolean;
  /** The limit for one refund; 0 if the agent may not refund. Where it is a share of the payment (`share`), `perDay`: more it never is. */
  readonly perRefund: Money;
  /** `15%` of the payment; null: the limit is an amount. */
  readonly share: string | null;
  readonly perDay: Money;
  /** How much of `perDay` is used today (in the policy's time zone). */
  readonly usedToday: Money;
  readonly leftToday: Money;
  /** What may be refunded now: the smaller of `perRefund` and `leftToday`. */
  readonly upTo: Money;
  /** Which part of the policy set the limit. */
  readonly because: /** `name`: what the policy calls the agents whose limit it is. */
    | { readonly by: 'agent'; readonly name?: string }
    | { readonly by: 'role'; readonly role: 'agent' | 'admin' }
    | { readonly by: 'tier'; readonly tierName: string }
    /** The policy has no limit for this agent, and by default nobody refunds. `tierName`: the agent's tier, if they are in one. */
    | { readonly by: 'default'; readonly tierName?: string };
  /** Whether this agent may ask for the approval of more. */
  readonly mayAsk: boolean;
  /** Whether the customer disputes a payment at their bank that was found for the ticket and its customer: then no refund by hand is recorded, asked for or granted. */
  readonly isAnyDisputed: boolean;
  /** Whether the payment must be entered: the policy demands it, the limit depends on it, or the bank has paid back one that was found. */
  readonly needsPayment: boolean;
  /** Who may approve more, by name if Zendesk knows them. */
  readonly approvers: readonly string[];
  /** Above this amount the customer's identity must be verified; null: never. */
  readonly verifyAbove: Money | null;
  /** What the agent may choose as the kind of reason, in the policy's order. */
  readonly reasonCodes: readonly { readonly id: string; readonly name: string }[];
}

export interface RecordedRefund {
  readonly id: number;
  readonly amount: Money;
  /** Null: deleted, after a time or with the customer's data. */
  readonly reason: string | null;
  /** As the policy names it, or its id where the policy no longer has it; null: none was chosen. */
  readonly reasonCode: string | null;
  readonly by: string;
  readonly at: Instant;
  readonly undone: { readonly by: string; readonly at: Instant } | null;
  /** Whether this agent may undo it now: their own, on the same day. */
  readonly mayUndo: boolean;
}
