// Says by a tag how the ticket's last refund stands, whether it was made at the provider or by hand.
import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { ledgerEntries } from './tables.ts';

const TAGS = { done: 'refund__done', pending: 'refund__pending', failed: 'refund__failed' } as const;

interface TagChange {
  addTags: string[];
  removeTags: string[];
}

/** The other tags go. */
export function tagsOf(standing: keyof typeof TAGS): TagChange {
  const added = TAGS[standing];
  return { addTags: [added], removeTags: Object.values(TAGS).filter((tag) => tag !== added) };
}

/** Once the books have taken a refund of the ticket back: `refund__done` goes with the last one that was made. */
export async function tagsAfterUndo(tx: Queryable, ticketId: number): Promise<Pick<TagChange, 'removeTags'>> {
  const isTakenBack = sql`EXISTS (SELECT FROM ledger_entries b
    WHERE b.request_id = ${ledgerEntries.requestId} AND b.kind = 'reversed')`;
  const [made] = await tx
    .select({ seq: ledgerEntries.seq })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.ticketId, ticketId), eq(ledgerEntries.kind, 'confirmed'), sql`NOT ${isTakenBack}`))
    .limit(1);
  return { removeTags: made === undefined ? [TAGS.done] : [] };
}
