// Reads balances and appends entries while nobody else can.
import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries } from '../tables.ts';
import { chainEntry, type Entry, type NewEntry } from './entry.ts';
import { type KnownPayment, REFUNDABLE, readPayment } from './read-balances.ts';

/** What the ledger says at this moment. */
export interface Books {
  /** What may still be refunded of a payment, minor units; null: the books do not know it. */
  readonly refundable: (payment: string, currency: string) => Promise<number | null>;
  /** Null: the books do not know it. */
  readonly payment: (payment: string) => Promise<KnownPayment | null>;
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
});

/**
 * Waits until no other transaction has the ledger open. Take locks on tickets before it, and call nobody while it is open: all refunds
 * of the account wait meanwhile.
 */
export async function openLedger(tx: Queryable): Promise<OpenLedger> {
  // What is prepared is planned once a connection: planning a decision takes ten times as long as reading for it.
  await tx.execute(sql`SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
    pg_advisory_xact_lock(hashtextextended('deskwright ledger', 0))`);
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

/**
 * The reason code that was chosen for the refund of an entry. It stands on the refund's row; the chain of hashes does not have it. A column beside those of `ledger_entries`. Null: none was chosen, or the entry is of no request. In plain SQL, because drizzle leaves the names of
 * tables out where one table is read.
 */
export const REASON_CODE: SQL<string | null> = sql<string | null>`coalesce(
  (SELECT r.reason_code FROM refunds r WHERE r.request_id = ledger_entries.request_id),
  (SELECT p.reason_code FROM payment_refunds p WHERE p.request_id = ledger_entries.request_id))`;
