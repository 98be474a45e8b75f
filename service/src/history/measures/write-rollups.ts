// Adds changes to the sums.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { CombinedChange, RollupChange } from './rollup-changes.ts';

/** One statement for all, in the order given. Sums of nothing are removed. */
export async function addToRollups(tx: Queryable, changes: readonly RollupChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    INSERT INTO rollups AS r (grain, figure, dimension, member, clock, bucket, n, total, met, missed, from_zendesk, bins)
    SELECT grain, figure, dimension, member, clock, bucket, n, total, met, missed, "fromZendesk", bins
    FROM ${recordsOf(changes)}
    ON CONFLICT (grain, figure, dimension, member, clock, bucket) DO UPDATE SET
      n = r.n + excluded.n, total = r.total + excluded.total, met = r.met + excluded.met, missed = r.missed + excluded.missed,
      from_zendesk = r.from_zendesk + excluded.from_zendesk,
      bins = CASE WHEN excluded.bins = '{}' THEN r.bins ELSE (
        SELECT array_agg(coalesce(had, 0) + coalesce(got, 0) ORDER BY bin)
        FROM unnest(r.bins, excluded.bins) WITH ORDINALITY AS each(had, got, bin)) END`);
  const fewer = changes.filter(({ n }) => n < 0);
  if (fewer.length === 0) return;
  await tx.execute(sql`
    DELETE FROM rollups AS r USING ${recordsOf(fewer)}
    WHERE r.grain = c.grain AND r.figure = c.figure AND r.dimension = c.dimension AND r.member = c.member
      AND r.clock = c.clock AND r.bucket = c.bucket AND r.n = 0`);
}

const recordsOf = (changes: readonly RollupChange[]) => sql`
  jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS c(grain text, figure text, dimension text, member text, clock text,
    bucket timestamptz, n bigint, total bigint, met bigint, missed bigint, "fromZendesk" bigint, bins integer[])`;

/** The same for combined sums. */
export async function addToCombined(tx: Queryable, changes: readonly CombinedChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    INSERT INTO combined_rollups AS r (grain, figure, bucket, tier, category, channel, group_id, clock, n, total, met, missed, from_zendesk, bins)
    SELECT grain, figure, bucket, tier, category, channel, "groupId", clock, n, total, met, missed, "fromZendesk", bins
    FROM ${combinedOf(changes)}
    ON CONFLICT (grain, figure, bucket, tier, category, channel, group_id, clock) DO UPDATE SET
      n = r.n + excluded.n, total = r.total + excluded.total, met = r.met + excluded.met, missed = r.missed + excluded.missed,
      from_zendesk = r.from_zendesk + excluded.from_zendesk,
      bins = CASE WHEN excluded.bins = '{}' THEN r.bins ELSE (
        SELECT coalesce(array_agg(part ORDER BY bin, place), '{}') FROM (
          SELECT pairs[i] AS bin, sum(pairs[i + 1])::integer AS n
          FROM (SELECT r.bins || excluded.bins AS pairs) AS joined, generate_series(1, cardinality(pairs), 2) AS i
          GROUP BY 1 HAVING sum(pairs[i + 1]) <> 0) AS added, LATERAL (VALUES (1, bin), (2, added.n)) AS each(place, part)) END`);
  const fewer = changes.filter(({ n }) => n < 0);
  if (fewer.length === 0) return;
  await tx.execute(sql`
    DELETE FROM combined_rollups AS r USING ${combinedOf(fewer)}
    WHERE r.grain = c.grain AND r.figure = c.figure AND r.bucket = c.bucket AND r.tier = c.tier AND r.category = c.category AND r.channel = c.channel
      AND r.group_id = c."groupId" AND r.clock = c.clock AND r.n = 0`);
}

const combinedOf = (changes: readonly CombinedChange[]) => sql`
  jsonb_to_recordset(${JSON.stringify(changes.map((change) => ({ ...change, bins: toPairs(change.bins) })))}::jsonb) AS c(grain text, figure text, bucket timestamptz,
    tier text, category text, channel text, "groupId" text, clock text, n bigint, total bigint, met bigint, missed bigint, "fromZendesk" bigint, bins integer[])`;

/** Each bin that holds something, followed by how many it holds. */
const toPairs = (bins: readonly number[]): number[] => bins.flatMap((n, bin) => (n === 0 ? [] : [bin, n]));
