// Defines one entry of the ledger of refunds: an amount that moves from one account to another, chained to the entry before it.
import { createHash } from 'node:crypto';
import { type Chained, FIRST_PREVIOUS_HASH } from './chain-check.ts';

/**
 * `payment`: what a customer paid became known. `reserved`: a refund was decided, and nobody else can have this money. Then exactly one of
 * `confirmed` (the provider did it) and `released` (it did not). `outside`: a refund made without Deskwright was found at the provider.
 * `reversed`: a confirmed one came back: it failed later at the provider, or was recorded by mistake; also one of `outside`.
 */
export const ENTRY_KINDS = ['payment', 'reserved', 'confirmed', 'released', 'outside', 'reversed'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What an entry says, before it has its place in the chain. */
export interface NewEntry {
  readonly kind: EntryKind;
  /** A positive integer in the currency's minor unit. */
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
  /** The payment's provider and its id there: `stripe:ch_1`, `manual:order 77`. */
  readonly payment: string;
  /** Of a refund: all its entries have it. Null of `payment`, `outside`, and a `reversed` of that. */
  readonly requestId: string | null;
  readonly ticketId: number | null;
  readonly agentId: number | null;
  /** A random name for the customer, which `forget` separates from who it is. */
  readonly customer: string | null;
  /** The local day (`2026-11-30`) against whose limits it counts; later entries of a request keep the day of the first. */
  readonly day: string;
  /** The rule of the policy that allowed it, and the policy's version; of who approved, their id. Never somebody's words. */
  readonly rule: string | null;
  readonly policyHash: string | null;
  readonly approvedBy: number | null;
  /** The provider's id of the refund. */
  readonly providerRef: string | null;
  readonly at: Date;
}

export type Entry = NewEntry & Chained;

/** The entry in its place after `previous`, or as the first one. */
export function chainEntry(entry: NewEntry, previous: Pick<Entry, 'seq' | 'hash'> | null): Entry {
  const placed = { ...entry, seq: (previous?.seq ?? 0) + 1, previousHash: previous?.hash ?? FIRST_PREVIOUS_HASH };
  return { ...placed, hash: hashEntry(placed) };
}

/** SHA-256, in hexadecimal, of the JSON array of all values in this order; the time in ISO 8601 with milliseconds. */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  const values = [
    entry.seq,
    entry.previousHash,
    entry.kind,
    entry.amountMinor,
    entry.currency,
    entry.payment,
    entry.requestId,
    entry.ticketId,
    entry.agentId,
    entry.customer,
    entry.day,
    entry.rule,
    entry.policyHash,
    entry.approvedBy,
    entry.providerRef,
    entry.at.toISOString(),
  ];
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** Money outside the books: what customers paid, and what was paid back. Their balances are open to both sides. */
const PAID = 'paid';
const REFUNDED = 'refunded';

/** Where the amount comes from and goes to. Each amount leaves one account and enters another, so that all balances always add up to zero. */
export function accountsOf({ kind, payment, requestId }: Pick<NewEntry, 'kind' | 'payment' | 'requestId'>): {
  readonly from: string;
  readonly to: string;
} {
  const refundable = `payment:${payment}`;
  const pending = `pending:${requestId ?? ''}`;
  switch (kind) {
    case 'payment':
      return { from: PAID, to: refundable };
    case 'reserved':
      return { from: refundable, to: pending };
    case 'confirmed':
      return { from: pending, to: REFUNDED };
    case 'released':
      return { from: pending, to: refundable };
    case 'outside':
      return { from: refundable, to: REFUNDED };
    case 'reversed':
      return { from: REFUNDED, to: refundable };
  }
}

/** In place of the provider's name. */
const BY_HAND = 'manual:';

/** `#77` and `77 ` are the same order; the books name it `manual:77`. */
export const nameOfOrder = (order: string): string =>
  `${BY_HAND}${order.normalize('NFKC').trim().toLowerCase().replace(/^#+/u, '').replaceAll(/\s+/gu, ' ').trim()}`;

/** Whether a payment was entered by an agent. @param name as the books name it */
export const isByHand = (name: string): boolean => name.startsWith(BY_HAND);

/** `77` of `manual:77`; what does not begin so stays as it is. */
export const orderOf = (name: string): string => (isByHand(name) ? name.slice(BY_HAND.length) : name);
