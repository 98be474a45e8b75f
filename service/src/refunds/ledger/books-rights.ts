// Tells whether the service could give itself the right to change the books of refunds.
import { getTableName, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { goodwillEntries } from '../goodwill/tables.ts';
import { ledgerEntries } from '../tables.ts';

/** Tables to which entries are only added. */
export const BOOKS = [ledgerEntries, goodwillEntries] as const;

/** The role of the connection, and whether it owns a table of the books, or the schema, whose owner can drop them. A superuser owns all. */
export async function readBooksRights(db: Queryable): Promise<{ role: string; isOwner: boolean }> {
  const { rows } = await db.execute<{ role: string; isOwner: boolean }>(sql`
    SELECT current_user AS role, bool_or(pg_has_role(relowner, 'USAGE') OR pg_has_role(nspowner, 'USAGE')) AS "isOwner"
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = 'public' AND ${inArray(sql`relname`, BOOKS.map(getTableName))}`);
  const [rights] = rows;
  if (rights === undefined) throw new Error('the database has no books');
  return rights;
}
