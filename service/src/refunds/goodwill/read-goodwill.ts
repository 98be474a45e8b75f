// Reads the books of goodwill: all entries, and what an agent has given of their budget and of each thing.
import { and, asc, eq, gt, gte, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { GoodwillUsed } from '../../decide/goodwill-decision.ts';
import type { Database } from '../../platform/storage/database.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
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

interface UsedRow {
  item: string;
  /** Minor units of credits and discounts on the day. */
  today: number;
  /** How many in the month. */
  month: number;
}

interface Of {
  readonly agentId: SQLWrapper | number;
  readonly currency: SQLWrapper | string;
  /** Local. */
  readonly day: SQLWrapper | string;
}

/** By item. */
export function usedGoodwill({ agentId, currency, day }: Of): SQL<UsedRow[]> {
  const { item, kind, valueMinor, budgetMinor } = goodwillEntries;
  const signed = (of: SQLWrapper | number) => sql`CASE ${kind} WHEN 'given' THEN ${of} ELSE -${of} END`;
  const onDay = sql`${goodwillEntries.day} = ${day}::date AND ${goodwillEntries.currency} = ${currency} AND ${budgetMinor} IS NOT NULL`;
  return rowsOf(
    {
      item,
      today: sql<number>`coalesce(sum(${signed(valueMinor)}) FILTER (WHERE ${onDay}), 0)`,
      month: sql<number>`sum(${signed(sql`1`)})`,
    },
    (select) =>
      select
        .from(goodwillEntries)
        .where(
          and(
            eq(goodwillEntries.agentId, agentId),
            gte(goodwillEntries.day, sql`date_trunc('month', ${day}::timestamp)`),
            lte(goodwillEntries.day, sql`${day}::date`),
          ),
        )
        .groupBy(item),
  );
}

export const asUsed = (rows: readonly UsedRow[]): GoodwillUsed => ({
  today: rows.reduce((sum, row) => sum + row.today, 0),
  month: new Map(rows.map((row) => [row.item, row.month])),
});
