// Reads balances and appends entries while nobody else can.
import { and, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries } from '../tables.ts';
import { chainEntry, type Entry, type EntryKind, type NewEntry } from './entry.ts';

/** What was used of a limit, by whatever is given. */
interface UsedBy {
  readonly currency: string;
  readonly agentId?: number;
  readonly ticketId?: number;
  readonly customer?: string;
  /** One local day; with `since`, from that day on. */
  readonly day?: string;
  readonly since?: string;
}

/** The ledger inside one transaction: what it says is true until the transaction ends. */
export interface OpenLedger {
  /** What may still be refunded of a payment, minor units; null: the books do not know it. */
  readonly refundable: (payment: string, currency: string) => Promise<number | null>;
  /** Minor units: reserved and done, less what was released or came back. */
  readonly used: (by: UsedBy) => Promise<number>;
  /** The entries of one refund, oldest first. */
  readonly ofRequest: (requestId: string) => Promise<Entry[]>;
  /** Throws, and the transaction fails, if the entries contradict what is there: see the migration. */
  readonly append: (entries: readonly NewEntry[]) => Promise<Entry[]>;
}

/**
 * Waits until no other transaction has the ledger open. Take locks on tickets before it, and call nobody while it is open: all refunds
 * of the account wait meanwhile.
 */
export async function openLedger(tx: Queryable): Promise<OpenLedger> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('deskwright ledger', 0))`);
  return {
    refundable: async (payment, currency) => {
      const [row] = await tx
        .select({ known: sql<boolean>`bool_or(${ledgerEntries.kind} = 'payment')`, left: REFUNDABLE })
        .from(ledgerEntries)
        .where(and(eq(ledgerEntries.payment, payment), eq(ledgerEntries.currency, currency)));
      return row?.known ? Number(row.left) : null;
    },
    used: (by) => readUsed(tx, by),
    ofRequest: async (requestId) =>
      tx.select().from(ledgerEntries).where(eq(ledgerEntries.requestId, requestId)).orderBy(ledgerEntries.seq),
    append: async (entries) => {
      if (entries.length === 0) return [];
      const [head] = await tx
        .select({ seq: ledgerEntries.seq, hash: ledgerEntries.hash })
        .from(ledgerEntries)
        .orderBy(desc(ledgerEntries.seq))
        .limit(1);
      const chained: Entry[] = [];
      for (const entry of entries) chained.push(chainEntry(entry, chained.at(-1) ?? head ?? null));
      await tx.insert(ledgerEntries).values(chained);
      return chained;
    },
  };
}

async function readUsed(db: Queryable, { currency, agentId, ticketId, customer, day, since }: UsedBy) {
  const conditions = [
    eq(ledgerEntries.currency, currency),
    ...(agentId === undefined ? [] : [eq(ledgerEntries.agentId, agentId)]),
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

function sumOf(plus: readonly EntryKind[], minus: readonly EntryKind[]): SQL<string> {
  return sql<string>`coalesce(sum(CASE WHEN ${inArray(ledgerEntries.kind, [...plus])} THEN ${ledgerEntries.amountMinor}
    WHEN ${inArray(ledgerEntries.kind, [...minus])} THEN -${ledgerEntries.amountMinor} ELSE 0 END), 0)`;
}

/** Of the entries selected, what was used of a limit: reserved and done, less what was released or came back. Minor units. */
export const USED = sumOf(['reserved', 'outside'], ['released', 'reversed']);
const REFUNDABLE = sumOf(['payment', 'released', 'reversed'], ['reserved', 'outside']);

/** Entries read at a time. */
const PAGE_SIZE = 5_000;

/** All entries in their order, a page at a time. */
export async function* readLedger(db: Database, pageSize = PAGE_SIZE): AsyncGenerator<Entry> {
  for (let after = 0; ; ) {
    const page = await db
      .select()
      .from(ledgerEntries)
      .where(sql`${ledgerEntries.seq} > ${after}`)
      .orderBy(ledgerEntries.seq)
      .limit(pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.seq ?? after;
  }
}
