// Reads all sums of a test's database.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

/** Sorted, so that equal sums are equal lists. Bins that hold nothing at the end are left out. */
export async function allSums(db: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await db.execute(sql`
    SELECT grain, figure, dimension, member, clock, bucket::text, n::float8, total::float8, met::float8, missed::float8, from_zendesk::float8,
      regexp_replace(array_to_string(bins, ','), '(,0)+$', '') AS bins
    FROM rollups WHERE n <> 0 ORDER BY grain, figure, dimension, member, clock, bucket`);
  const combined = await db.execute(sql`
    SELECT grain, figure, bucket::text, tier, category, channel, group_id, clock, n::float8, total::float8, met::float8, missed::float8, from_zendesk::float8, bins
    FROM combined_rollups WHERE n <> 0 ORDER BY grain, figure, bucket, tier, category, channel, group_id, clock`);
  return [...rows, ...combined.rows];
}
