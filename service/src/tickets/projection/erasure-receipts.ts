// Keeps a receipt of each erasure: what was removed, when and by whom, and no data of the person.
import { desc } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Erased } from '../hooks.ts';
import { erasureReceipts } from '../tables.ts';

export type ErasureReceipt = typeof erasureReceipts.$inferSelect;

/** As `who`: Zendesk deleted the ticket or the user for good. */
export const BY_ZENDESK = 'zendesk';

/** In the transaction that erases. Null: nothing was removed, so there is nothing to prove. */
export async function recordErasure(
  tx: Queryable,
  { at, who, what, erased }: Pick<ErasureReceipt, 'at' | 'who' | 'what'> & { erased: Erased },
): Promise<ErasureReceipt | null> {
  const removed = Object.fromEntries(Object.entries(erased).filter(([, count]) => count > 0));
  if (Object.keys(removed).length === 0) return null;
  const [receipt] = await tx.insert(erasureReceipts).values({ at, who, what, removed }).returning();
  return receipt ?? null;
}

/** Newest first. */
export function listErasureReceipts(db: Queryable, limit = 1_000): Promise<ErasureReceipt[]> {
  return db.select().from(erasureReceipts).orderBy(desc(erasureReceipts.id)).limit(limit);
}
