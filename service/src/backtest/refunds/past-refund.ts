// Defines a refund of the past, as the ledger or a file tells it. Amounts in minor units.
import type { Policy } from '@deskwright/shared';

export interface PastRefund {
  readonly kind: 'refund';
  /** Of its request. */
  readonly id: string;
  /** The local day; null: the day of `at` in the policy's time zone. */
  readonly day: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly amount: number;
  readonly currency: string;
  readonly agent: {
    /** The same for all refunds of one agent. */
    readonly key: string;
    readonly name: string;
    readonly email: string | null;
    readonly role: 'agent' | 'admin';
    readonly tiersIn: (policy: Policy) => readonly string[];
  };
  /** The key of the agent who approved it, for whom it counts; null: nobody. */
  readonly approvedBy: string | null;
  readonly category: string | null;
  readonly ticket: string | null;
  readonly customer: string | null;
  /** Null: it is not known. */
  readonly payment: {
    readonly name: string;
    readonly paid: number;
    /** Before the first refund that is told of it. */
    readonly refundedBefore: number;
    readonly currency: string;
    readonly paidOn: string;
  } | null;
  readonly isVerified: boolean;
}

/** Made without Deskwright. */
export interface MadeOutside {
  readonly kind: 'outside';
  readonly payment: string;
  /** Negative: it came back. */
  readonly amount: number;
  readonly currency: string;
  /** The local day against whose limits it counts. */
  readonly day: string;
  /** Null: it is not known. */
  readonly ticket: string | null;
  readonly customer: string | null;
}

/** In the order in which they happened. */
export type PastEvent =
  | PastRefund
  | MadeOutside
  /** It was not made, or came back. */
  | { readonly kind: 'back'; readonly id: string };
