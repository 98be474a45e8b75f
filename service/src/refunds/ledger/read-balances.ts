// Reads from the ledger what was used of limits, and what payments have left.
import { and, eq, gte, inArray, isNotNull, isNull, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries } from '../tables.ts';
import type { EntryKind } from './entry.ts';

/** What was used of a limit, by whatever is given. */
export interface UsedBy {
  readonly currency: string;
  /** Approved refunds count for who approved them. */
  readonly agentId?: number;
  readonly ticketId?: number;
  readonly customer?: string;
  /** One local day; with `since`, from that day on. */
  readonly day?: string;
  readonly since?: string;
}

/** What the books know of a payment, in minor units of its currency. */
export interface KnownPayment {
  readonly paid: number;
  readonly currency: string;
  /** The local day of the entry, of a payment that an agent entered the day on which it was paid. */
  readonly day: string;
  readonly refundable: number;
}

/** By all agents for one customer, who may have several names in the books. */
export interface UsedByCustomer {
  readonly currency: string;
  readonly customers: readonly string[];
  readonly since: string;
}

export interface SameRefund {
  readonly amountMinor: number;
  readonly currency: string;
  readonly ticketId: number;
  readonly payment: string | null;
}

export async function readUsed(db: Queryable, { currency, agentId, ticketId, customer, day, since }: UsedBy) {
  const conditions = [
    eq(ledgerEntries.currency, currency),
    ...(agentId === undefined ? [] : [countsFor(sql`${agentId}`)]),
    ...(ticketId === undefined ? [] : [eq(ledgerEntries.ticketId, ticketId)]),
    ...(customer === undefined ? [] : [eq(ledgerEntries.customer, customer)]),
    ...(day === undefined ? [] : [eq(ledgerEntries.day, day)]),
    ...(since === undefined ? [] : [gte(ledgerEntries.day, since)]),
  ];
  const [row] = await db
    .select({ used: USED })
    .from(ledgerEntries)
    .where(and(...conditions));
  return Number(row?.used ?? 0);
}

/** The entries that count against a limit of this agent: own refunds that nobody approved, and those of others that they approved. */
export const countsFor = (agentId: SQL | Placeholder): SQL =>
  sql`((${ledgerEntries.agentId} = ${agentId} AND ${ledgerEntries.approvedBy} IS NULL) OR ${ledgerEntries.approvedBy} = ${agentId})`;

/** Null: the books do not know the payment. */
export async function readPayment(db: Queryable, payment: string): Promise<KnownPayment | null> {
  const ofPayment = (value: SQL): SQL => sql`${value} FILTER (WHERE ${ledgerEntries.kind} = 'payment')`;
  const [row] = await db
    .select({
      paid: sql<string | null>`${ofPayment(sql`max(${ledgerEntries.amountMinor})`)}`,
      day: sql<string | null>`${ofPayment(sql`max(${ledgerEntries.day})`)}::text`,
      currency: sql<string | null>`max(${ledgerEntries.currency})`,
      refundable: REFUNDABLE,
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.payment, payment));
  if (!row?.paid || row.day === null || row.currency === null) return null;
  return { paid: Number(row.paid), currency: row.currency, day: row.day, refundable: Number(row.refundable) };
}

export async function readUsedByCustomer(
  db: Queryable,
  { currency, customers, since }: UsedByCustomer,
): Promise<{ day: string; amount: number }[]> {
  if (customers.length === 0) return [];
  const rows = await db
    .select({ day: ledgerEntries.day, amount: USED })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.currency, currency),
        inArray(ledgerEntries.customer, [...customers]),
        gte(ledgerEntries.day, since),
      ),
    )
    .groupBy(ledgerEntries.day);
  return rows.map(({ day, amount }) => ({ day, amount: Number(amount) }));
}

export async function readCustomers(
  db: Queryable,
  of: { ticketId: number; payment: string | null },
): Promise<string[]> {
  const { customer, ticketId, payment } = ledgerEntries;
  const ofTicket = eq(ticketId, of.ticketId);
  const rows = await db
    .selectDistinct({ customer })
    .from(ledgerEntries)
    .where(and(isNotNull(customer), of.payment === null ? ofTicket : or(ofTicket, eq(payment, of.payment))));
  return rows.flatMap((row) => row.customer ?? []);
}

export async function readSame(
  db: Queryable,
  { amountMinor, currency, ticketId, payment }: SameRefund,
): Promise<boolean> {
  // Each kind by itself, because each has an index of its own: for both together the whole ledger would be read.
  const released = alias(ledgerEntries, 'released');
  const reversed = alias(ledgerEntries, 'reversed');
  const { ticketId: ticket, payment: ofPayment } = ledgerEntries;
  const [row] = await db
    .select({ seq: ledgerEntries.seq })
    .from(ledgerEntries)
    .leftJoin(released, and(eq(released.requestId, ledgerEntries.requestId), sql`${released.kind} = 'released'`))
    .leftJoin(reversed, and(eq(reversed.requestId, ledgerEntries.requestId), sql`${reversed.kind} = 'reversed'`))
    .where(
      and(
        eq(ledgerEntries.kind, 'reserved'),
        eq(ledgerEntries.amountMinor, amountMinor),
        eq(ledgerEntries.currency, currency),
        payment === null ? eq(ticket, ticketId) : or(eq(ticket, ticketId), eq(ofPayment, payment)),
        isNull(released.seq),
        isNull(reversed.seq),
      ),
    )
    .limit(1);
  return row !== undefined;
}

function sumOf(plus: readonly EntryKind[], minus: readonly EntryKind[]): SQL<string> {
  return sql<string>`coalesce(sum(CASE WHEN ${inArray(ledgerEntries.kind, [...plus])} THEN ${ledgerEntries.amountMinor}
    WHEN ${inArray(ledgerEntries.kind, [...minus])} THEN -${ledgerEntries.amountMinor} ELSE 0 END), 0)`;
}

/** Of the entries selected, what was used of a limit: reserved and done, less what was released or came back. Minor units. */
export const USED = sumOf(['reserved', 'outside'], ['released', 'reversed']);
/** Of the entries of a payment, what may still be refunded. Minor units. */
export const REFUNDABLE = sumOf(['payment', 'released', 'reversed'], ['reserved', 'outside']);
