// Reads balances and appends entries while nobody else can.
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries } from '../tables.ts';
import { chainEntry, type Entry, type NewEntry } from './entry.ts';
import {
  type KnownPayment,
  REFUNDABLE,
  readCustomers,
  readPayment,
  readSame,
  readUsed,
  readUsedByCustomer,
  type SameRefund,
  type UsedBy,
  type UsedByCustomer,
} from './read-balances.ts';
import { REASON_CODE } from './reason-code.ts';

/** What the ledger says at this moment. */
export interface Books {
  /** What may still be refunded of a payment, minor units; null: the books do not know it. */
  readonly refundable: (payment: string, currency: string) => Promise<number | null>;
  /** Minor units: reserved and done, less what was released or came back. */
  readonly used: (by: UsedBy) => Promise<number>;
  /** Null: the books do not know it. */
  readonly payment: (payment: string) => Promise<KnownPayment | null>;
  readonly usedByCustomer: (by: UsedByCustomer) => Promise<{ day: string; amount: number }[]>;
  /** Who got refunds on the ticket or of the payment. */
  readonly customersOf: (of: { ticketId: number; payment: string | null }) => Promise<string[]>;
  /** Whether this amount was reserved on the ticket or of the payment before, and was not given back. */
  readonly hasSame: (refund: SameRefund) => Promise<boolean>;
}

/** The ledger inside one transaction: what it says is true until the transaction ends. */
export interface OpenLedger extends Books {
  /** The entries of one refund, oldest first. */
  readonly ofRequest: (requestId: string) => Promise<Entry[]>;
  /** Throws, and the transaction fails, if the entries contradict what is there: see the migration. */
  readonly append: (entries: readonly NewEntry[]) => Promise<Entry[]>;
}

/** Reads without waiting. What is decided by it holds for showing, and not for refunding: that takes `openLedger`. */
export const booksOf = (db: Queryable): Books => ({
  refundable: async (payment, currency) => {
    const [row] = await db
      .select({ known: sql<boolean>`bool_or(${ledgerEntries.kind} = 'payment')`, left: REFUNDABLE })
      .from(ledgerEntries)
      .where(and(eq(ledgerEntries.payment, payment), eq(ledgerEntries.currency, currency)));
    return row?.known ? Number(row.left) : null;
  },
  payment: (payment) => readPayment(db, payment),
  used: (by) => readUsed(db, by),
  usedByCustomer: (by) => readUsedByCustomer(db, by),
  customersOf: (of) => readCustomers(db, of),
  hasSame: (refund) => readSame(db, refund),
});

/**
 * Waits until no other transaction has the ledger open. Take locks on tickets before it, and call nobody while it is open: all refunds
 * of the account wait meanwhile.
 */
export async function openLedger(tx: Queryable): Promise<OpenLedger> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('deskwright ledger', 0))`);
  return {
    ...booksOf(tx),
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

/** Entries read at a time. */
const PAGE_SIZE = 5_000;

export type LedgerLine = Entry & { readonly reasonCode: string | null };

/** All entries in their order, a page at a time, and the reason code that was chosen for each one's refund. */
export async function* readLedger(db: Database, pageSize = PAGE_SIZE): AsyncGenerator<LedgerLine> {
  for (let after = 0; ; ) {
    const page = await db
      .select({ ...getTableColumns(ledgerEntries), reasonCode: REASON_CODE })
      .from(ledgerEntries)
      .where(sql`${ledgerEntries.seq} > ${after}`)
      .orderBy(ledgerEntries.seq)
      .limit(pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.seq ?? after;
  }
}
