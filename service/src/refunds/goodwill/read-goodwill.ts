// Reads the books of goodwill.
import { asc, gt } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { type GoodwillEntry, goodwillEntries } from './tables.ts';

/** Entries read at a time. */
const PAGE_SIZE = 5_000;

/** All entries in the order in which they were written, a page at a time. */
export async function* readGoodwill(db: Database, pageSize = PAGE_SIZE): AsyncGenerator<GoodwillEntry> {
  for (let after = 0; ; ) {
    const page = await db
      .select()
      .from(goodwillEntries)
      .where(gt(goodwillEntries.seq, after))
      .orderBy(asc(goodwillEntries.seq))
      .limit(pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.seq ?? after;
  }
}
