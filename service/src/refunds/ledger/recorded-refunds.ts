// Makes the entries of refunds that agents recorded and a person paid, also of those recorded before there was a ledger, or by the former version during an upgrade.
import { localDate } from '@deskwright/shared';
import { and, asc, gte, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ledgerEntries, refunds } from '../tables.ts';
import type { NewEntry } from './entry.ts';
import { type OpenLedger, openLedger } from './ledger.ts';

type Recorded = Pick<
  typeof refunds.$inferSelect,
  'id' | 'requestId' | 'ticketId' | 'agentId' | 'amountMinor' | 'currency' | 'grantedAt'
>;

/** The request that the entries of a recorded refund have; the oldest rows have no request of their own. */
export const requestOf = ({ id, requestId }: Pick<Recorded, 'id' | 'requestId'>): string =>
  requestId ?? `recorded:${id}`;

interface About extends Pick<NewEntry, 'day' | 'customer' | 'rule' | 'policyHash'> {
  /** What the agent entered. Left out: what was paid is not known, so the books know a payment of the same amount, which it uses up. */
  readonly payment?: {
    readonly name: string;
    readonly paidMinor: number;
    readonly paidOn: string;
    readonly isKnown: boolean;
  };
  readonly approvedBy?: number | null;
}

export function entriesOfRecorded(row: Recorded, { payment, approvedBy = null, ...about }: About): readonly NewEntry[] {
  const entry = {
    amountMinor: row.amountMinor,
    currency: row.currency,
    payment: payment?.name ?? `recorded:${row.id}`,
    requestId: requestOf(row),
    ticketId: row.ticketId,
    agentId: row.agentId,
    approvedBy,
    providerRef: null,
    at: row.grantedAt,
    ...about,
  };
  const paid: NewEntry = {
    ...entry,
    kind: 'payment',
    amountMinor: payment?.paidMinor ?? row.amountMinor,
    day: payment?.paidOn ?? about.day,
    requestId: null,
    agentId: null,
    approvedBy: null,
    rule: null,
  };
  return [...(payment?.isKnown ? [] : [paid]), { ...entry, kind: 'reserved' }, { ...entry, kind: 'confirmed' }];
}

/** Rows at a time. */
const BATCH = 200;
/** Two versions run beside each other for less. */
export const RECENT_MS = 2 * 24 * 60 * 60 * 1000;

/** Joins a recorded refund with its reservation; the oldest have no request of their own. */
export const ENTRY_OF_RECORDED = sql`${ledgerEntries.requestId} = coalesce(${refunds.requestId}, 'recorded:' || ${refunds.id})
  AND ${ledgerEntries.kind} = 'reserved'`;

/** @param timeZone the policy's, which says on which day each counts. @returns how many refunds were entered */
export async function adoptRecorded(db: Database, timeZone: string, signal?: AbortSignal): Promise<number> {
  const isStopping = () => signal?.aborted === true;
  let adopted = 0;
  for (let found = BATCH; found === BATCH && !isStopping(); adopted += found)
    found = await db.transaction(async (tx) => adoptSome(tx, await openLedger(tx), timeZone));
  return adopted;
}

/** So that what the former version recorded meanwhile counts in every limit. */
export async function adoptRecent(tx: Queryable, ledger: OpenLedger, timeZone: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - RECENT_MS);
  while ((await adoptSome(tx, ledger, timeZone, gte(refunds.grantedAt, since))) === BATCH);
}

/** @returns how many were entered, at most `BATCH` */
async function adoptSome(tx: Queryable, ledger: OpenLedger, timeZone: string, only?: SQL): Promise<number> {
  const rows = await tx
    .select({ refund: refunds })
    .from(refunds)
    .leftJoin(ledgerEntries, ENTRY_OF_RECORDED)
    .where(and(isNull(ledgerEntries.seq), only))
    .orderBy(asc(refunds.id))
    .limit(BATCH);
  for (const { refund } of rows) {
    const day = localDate(refund.grantedAt.getTime(), timeZone);
    const entries = entriesOfRecorded(refund, { day, customer: null, rule: null, policyHash: null });
    const reserved = entries.find(({ kind }) => kind === 'reserved');
    const undone =
      refund.state === 'cancelled' && reserved
        ? [{ ...reserved, kind: 'reversed' as const, at: refund.undoneAt ?? refund.grantedAt }]
        : [];
    await ledger.append([...entries, ...undone]);
  }
  return rows.length;
}
