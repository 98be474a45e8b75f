// Reads from the ledger what was used of limits, and what payments have left.
import { eq, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries } from '../tables.ts';
import type { EntryKind } from './entry.ts';

/** What the books know of a payment, in minor units of its currency. */
export interface KnownPayment {
  readonly paid: number;
  readonly currency: string;
  /** The local day of the entry, of a payment that an agent entered the day on which it was paid. */
  readonly day: string;
  readonly refundable: number;
}

/** The entries that count against a limit of this agent: own refunds that nobody approved, and those of others that they approved. */
export const countsFor = (agentId: SQL | Placeholder): SQL =>
  sql`((${ledgerEntries.agentId} = ${agentId} AND ${ledgerEntries.approvedBy} IS NULL) OR ${ledgerEntries.approvedBy} = ${agentId})`;

function sumOf(plus: readonly EntryKind[], minus: readonly EntryKind[]): SQL<string> {
  return sql<string>`coalesce(sum(CASE WHEN ${inArray(ledgerEntries.kind, [...plus])} THEN ${ledgerEntries.amountMinor}
    WHEN ${inArray(ledgerEntries.kind, [...minus])} THEN -${ledgerEntries.amountMinor} ELSE 0 END), 0)`;
}

/** Of the entries selected, what was used of a limit: reserved and done, less what was released or came back. Minor units. */
export const USED = sumOf(['reserved', 'outside'], ['released', 'reversed']);
/** Of the entries of a payment, what may still be refunded. Minor units. */
export const REFUNDABLE = sumOf(['payment', 'released', 'reversed'], ['reserved', 'outside']);

const ofPaid = (value: SQL): SQL => sql`${value} FILTER (WHERE ${ledgerEntries.kind} = 'payment')`;

/** Of the entries of a payment, what is known of it. */
export const KNOWN_PAYMENT = {
  paid: sql<string | number | null>`${ofPaid(sql`max(${ledgerEntries.amountMinor})`)}`,
  day: sql<string | null>`${ofPaid(sql`max(${ledgerEntries.day})`)}::text`,
  currency: sql<string | null>`max(${ledgerEntries.currency})`,
  refundable: REFUNDABLE,
};

interface PaymentRow {
  readonly paid: string | number | null;
  readonly day: string | null;
  readonly currency: string | null;
  readonly refundable: string | number;
}

/** Null: the books do not know the payment. */
export function toKnownPayment(row: PaymentRow | undefined): KnownPayment | null {
  if (!row?.paid || row.day === null || row.currency === null) return null;
  return { paid: Number(row.paid), currency: row.currency, day: row.day, refundable: Number(row.refundable) };
}

export async function readPayment(db: Queryable, payment: string): Promise<KnownPayment | null> {
  const [row] = await db.select(KNOWN_PAYMENT).from(ledgerEntries).where(eq(ledgerEntries.payment, payment));
  return toKnownPayment(row);
}
