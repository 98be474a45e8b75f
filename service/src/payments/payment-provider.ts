// Declares the port to a provider of payments. Adapters know no ticket and no policy.
import type { Money } from '@deskwright/shared/contract';

/** What a customer paid. The card or account it was paid with is the only one it can go back to: nothing here names another. */
export interface Payment {
  /** The provider's, `ch_1`; of a connected account `acct_1/ch_1`. */
  readonly id: string;
  readonly provider: 'stripe';
  readonly paidAt: Date;
  readonly amount: Money;
  /** By whomever, pending ones included. */
  readonly refunded: Money;
  /** `kind`: `card`, `us_bank_account` ... in the provider's words. */
  readonly instrument: { readonly kind: string; readonly brand: string | null; readonly last4: string | null };
  readonly dispute: Dispute | null;
  readonly matchedBy: MatchedBy;
  readonly description: string | null;
}

export interface Dispute {
  readonly id: string;
  /** In the provider's words. */
  readonly status: string;
  readonly reason: string;
  readonly evidenceDueBy: Date | null;
  readonly state: DisputeState;
}

/** `lost`: the bank has paid the customer. `won`: it was won, withdrawn or prevented, so the payment can be refunded. */
export type DisputeState = 'open' | 'lost' | 'won';

/**
 * `customer_id`, `email`: anybody can write from an address that is not theirs. `ticket_field`: anybody may have filled it in. None of
 * them proves anything.
 */
export type MatchedBy = 'customer_id' | 'email' | 'ticket_field' | 'payment_id';

/** Whose payments, in the order in which a match counts. */
export interface FindBy {
  /** Ids of the customer at the provider, in their profile. */
  readonly customerIds: readonly string[];
  readonly emails: readonly string[];
  /** Ids of payments or customers at the provider in a field of the ticket. */
  readonly ticketFields: readonly string[];
}

export interface RefundOrder {
  readonly paymentId: string;
  readonly amount: Money;
  /** Ours; the provider forgets it, see `findRefund`. */
  readonly idempotencyKey: string;
  readonly requestId: string;
  readonly ticketId: number;
}

/** A refund that the provider has. `failed`: the money came back. */
export interface ProviderRefund {
  readonly providerRef: string;
  readonly state: 'succeeded' | 'pending' | 'failed';
  readonly paymentId: string;
  readonly amount: Money;
  /** Of the order; null: it was made outside the service. */
  readonly requestId: string | null;
  readonly createdAt: Date;
}

/** Nothing was refunded, and asking again would not help. */
export type RefusedBecause =
  | 'already_refunded'
  | 'disputed'
  | 'not_enough_left'
  | 'balance_insufficient'
  | 'payment_missing'
  | 'amount_not_possible'
  | 'rejected';

export type RefundResult =
  | { readonly state: 'succeeded' | 'pending'; readonly providerRef: string }
  | { readonly state: 'refused'; readonly reason: RefusedBecause };

export type ProviderEvent =
  /** The signature does not fit the body, or is too old; or no secret is set. */
  | { readonly kind: 'forged' }
  /** Nothing to look up. */
  | { readonly kind: 'other' }
  /** Something changed about a payment: what, is read from the provider. */
  | { readonly kind: 'payment'; readonly paymentId: string };

/** All methods throw `ProviderError` when the provider does not do what they ask. */
export interface PaymentProvider {
  /** Newest first, each once; at most 50. */
  readonly findPayments: (by: FindBy) => Promise<readonly Payment[]>;
  /** Null: there is no such payment. */
  readonly readPayment: (id: string) => Promise<Payment | null>;
  /** Throws `ProviderError`: unless `isUndone`, it may have been performed. */
  readonly refund: (order: RefundOrder) => Promise<RefundResult>;
  /** Found by what `refund` stored with it, as long as the provider exists. Null: there is none. */
  readonly findRefund: (of: { paymentId: string; requestId: string }) => Promise<ProviderRefund | null>;
  /** Newest first: those created since then, or those of one payment. */
  readonly listRefunds: (of: { since: Date } | { paymentId: string }) => AsyncIterable<ProviderRefund>;
  /** Verifies a webhook over the bytes as they came, before anything is read from it. @param now epoch milliseconds */
  readonly readEvent: (body: Buffer, signature: string, now: number) => ProviderEvent;
  /** What is wrong with the access, for operators, each with what to do; empty: nothing. */
  readonly checkAccess: () => Promise<readonly string[]>;
}

/**
 * `busy`: asked too often. `access`: the key is not accepted, or may not do this. `unavailable`: no answer, or none that can be used. The message is
 * for operators, without customers' words.
 */
export class ProviderError extends Error {
  readonly kind: 'busy' | 'access' | 'unavailable';
  /** As the provider asked; null: it did not say. */
  readonly retryAfterMs: number | null;

  constructor(kind: ProviderError['kind'], message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'ProviderError';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }

  /** Certainly nothing was done. */
  get isUndone(): boolean {
    return this.kind !== 'unavailable';
  }
}

/** Their last digit must be 0. https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/**
 * In minor units: every refund through a provider is a multiple of it. Payment providers move no thousandth of a dinar, and no fraction of an ariary.
 * @param currency ISO 4217
 */
export function refundStep(currency: string): number {
  if (THREE_DECIMALS.has(currency)) return 10;
  // https://docs.stripe.com/currencies#special-cases
  return currency === 'MGA' ? 100 : 1;
}
