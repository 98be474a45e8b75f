// Writes periods and breakdowns as SQL on `measures`.
import { type SQL, sql } from 'drizzle-orm';
import { COLUMNS, isBucket, type Period, type TallyQuery } from './figure-query.ts';

/** With bounds as they are, so that PostgreSQL uses its index: it would read the whole table for a join with a list of periods. */
export const within = ({ from, to }: Period): SQL =>
  sql`measures.at >= ${from.toISOString()}::timestamptz AND measures.at < ${to.toISOString()}::timestamptz`;

/** What the query is broken down by; null: nothing. */
export function keyInSql(by: TallyQuery['by'], zone: string): SQL {
  if (by === null) return sql`''`;
  if (!isBucket(by)) return sql`coalesce(${COLUMNS[by]}, '')`;
  return sql`(extract(epoch FROM date_trunc(${by}, measures.at, ${zone})) * 1000)::bigint::text`;
}
