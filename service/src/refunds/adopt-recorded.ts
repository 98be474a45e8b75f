// Enters refunds into the ledger that were recorded before there was one, or by the former version during an upgrade.
import { localDate } from '@deskwright/shared';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { entriesOfRecorded } from './ledger/entries-of-recorded.ts';
import { openLedger } from './ledger/ledger.ts';
import { ledgerEntries, refunds } from './tables.ts';

/** Rows at a time. */
const BATCH = 200;

/** @param timeZone the policy's, which says on which day each counts. @returns how many refunds were entered */
export async function adoptRecorded(db: Database, timeZone: string, signal?: AbortSignal): Promise<number> {
  const isStopping = () => signal?.aborted === true;
  let adopted = 0;
  for (let found = BATCH; found === BATCH && !isStopping(); adopted += found) {
    found = await db.transaction(async (tx) => {
      const ledger = await openLedger(tx);
      const rows = await tx
        .select({ refund: refunds })
        .from(refunds)
        .leftJoin(
          ledgerEntries,
          and(
            eq(ledgerEntries.requestId, sql`coalesce(${refunds.requestId}, 'recorded:' || ${refunds.id})`),
            eq(ledgerEntries.kind, 'reserved'),
          ),
        )
        .where(isNull(ledgerEntries.seq))
        .orderBy(asc(refunds.id))
        .limit(BATCH);
      for (const { refund } of rows) {
        const day = localDate(refund.grantedAt.getTime(), timeZone);
        const entries = entriesOfRecorded(refund, { day, customer: null, rule: null, policyHash: null });
        const [, reserved] = entries;
        const undone =
          refund.state === 'cancelled' && reserved
            ? [{ ...reserved, kind: 'reversed' as const, at: refund.undoneAt ?? refund.grantedAt }]
            : [];
        await ledger.append([...entries, ...undone]);
      }
      return rows.length;
    });
  }
  return adopted;
}
