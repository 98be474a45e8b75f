// Compares a column with a list of ids of any length.
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** `inArray` has a bind parameter for each id, of which PostgreSQL takes 65,535; this has one for all. */
export const isAmong = (column: SQLWrapper, ids: readonly number[]): SQL =>
  sql`${column} = ANY(${sql.param(`{${ids.join(',')}}`)}::bigint[])`;
