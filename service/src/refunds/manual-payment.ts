// Reads the payment that an agent enters for a refund made by hand: order, amount and date.
import { localDate } from '@deskwright/shared';
import type { ManualPayment } from '@deskwright/shared/contract';
import { type AnyColumn, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../platform/storage/database.ts';
import { type Refused, refuse } from '../sidebar/index.ts';
import type { JudgedPayment } from './judge-refund.ts';
import { isByHand, nameOfOrder, orderOf } from './ledger/entry.ts';
import { booksOf, type OpenLedger } from './ledger/ledger.ts';
import { foundPayments, ledgerEntries } from './tables.ts';

/** The name stands in the books for good, so it holds an order's number, and no address or sentence. */
const ORDER = /^[\p{L}\p{N}#][\p{L}\p{N} ./_#-]{0,39}$/u;

export const aMoney = z.strictObject({ minor: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/) });

export const aManualPayment = z.strictObject({
  order: z.string().trim().regex(ORDER),
  paid: aMoney,
  paidOn: z.iso.date(),
}) satisfies z.ZodType<ManualPayment>;

/** Ids at Stripe begin with two letters: `ch_1`, behind the connected account if it is in one: `acct_1/ch_1`. No other order is looked up. */
const ID_AT_STRIPE = /^[a-z]{2}_[^/]*$/u;

/** Of a charge or a payment intent. An order's own number is shorter. */
const PAYMENT_AT_STRIPE = /^(?:ch|py|pi)_\w{12,}$/u;

export const AT_STRIPE = refuse(
  'payment_at_provider',
  'This is a payment at Stripe: choose it in the list of payments. Nothing was recorded.',
);

/**
 * Whether a payment that was entered by hand is one at Stripe, which says what is left of it and whether it is disputed. @param name as the books
 * name it. @param hasProvider whether Stripe is connected: then its ids count also where the payment was never found.
 */
export async function isAtStripe(tx: Queryable, name: string, hasProvider: boolean): Promise<boolean> {
  const id = name.replace(/^manual:(?:.*\/)?/u, '');
  if (hasProvider && PAYMENT_AT_STRIPE.test(id)) return true;
  if (!ID_AT_STRIPE.test(id)) return false;
  const isThis = (payment: AnyColumn) =>
    sql`${payment} LIKE 'stripe:%' AND lower(substring(${payment} FROM '[^:/]+$')) = ${id}`;
  const { rows } = await tx.execute(sql`
    SELECT 1 WHERE EXISTS (SELECT FROM ${foundPayments} WHERE ${isThis(foundPayments.payment)})
      OR EXISTS (SELECT FROM ${ledgerEntries} WHERE ${ledgerEntries.kind} = 'payment' AND ${isThis(ledgerEntries.payment)})`);
  return rows.length > 0;
}

export interface ReadingManual {
  readonly tx: Queryable;
  readonly ledger: OpenLedger;
  readonly now: Date;
  readonly timeZone: string;
  readonly hasProvider: boolean;
}

/** What was entered must agree with what the books know of the order, so that no one makes room by entering more, or a later day. */
export async function readManualPayment(
  { tx, ledger, now, timeZone, hasProvider }: ReadingManual,
  { order, paid, paidOn }: ManualPayment,
): Promise<JudgedPayment | Refused> {
  if (paidOn > localDate(now.getTime(), timeZone))
    return refuse('bad_request', 'The payment is dated in the future.', { fields: ['paidOn'] });
  const name = nameOfOrder(order);
  if (orderOf(name) === '') return refuse('bad_request', 'Enter the order.', { fields: ['order'] });
  if (await isAtStripe(tx, name, hasProvider)) return AT_STRIPE;
  const known = await ledger.payment(name);
  if (known && (known.paid !== paid.minor || known.currency !== paid.currency || known.day !== paidOn))
    return refuse(
      'other_payment',
      `Order ${order} was entered before with another amount or date. Check both, or ask your lead.`,
    );
  return { name, paid, paidOn, dispute: null };
}

type Entered = Pick<JudgedPayment, 'name' | 'paid' | 'paidOn'>;

/** What an agent entered for a refund that is in the books. Null: no order. */
export async function readEnteredPayment(tx: Queryable, requestId: string): Promise<Entered | null> {
  const ofIt = tx.select({ name: ledgerEntries.payment }).from(ledgerEntries);
  const [reserved] = await ofIt.where(eq(ledgerEntries.requestId, requestId)).limit(1);
  if (!reserved || !isByHand(reserved.name)) return null;
  const known = await booksOf(tx).payment(reserved.name);
  return known && { ...reserved, paid: { minor: known.paid, currency: known.currency }, paidOn: known.day };
}

/** Whether a form asks for what was entered before. */
export function isSameEntered(entered: Entered | null, asked: ManualPayment | undefined): boolean {
  if (entered === null || asked === undefined) return entered === null && asked === undefined;
  const { name, paid, paidOn } = entered;
  return (
    name === nameOfOrder(asked.order) &&
    paidOn === asked.paidOn &&
    paid.minor === asked.paid.minor &&
    paid.currency === asked.paid.currency
  );
}
