// Deletes the oldest rows of a table, some at a time.
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

/** Rows a statement, so that no other work waits long for a lock. */
const AT_A_TIME = 5_000;
const DAY_MS = 86_400_000;

export interface OldRows {
  /** Its ids rise as time goes by. */
  table: PgTable & { id: PgColumn };
  /** When the row was made. */
  at: PgColumn;
  /** Of the old rows, only those. */
  where?: SQL;
  /** The column of another table that refers to it: rows there go first. */
  children?: PgColumn;
}

/**
 * Deletes rows from before `before`. Walks the primary key from its beginning to the first younger row, so that no index on the time is
 * needed and the cost is that of what is deleted. Aborted, it ends after the rows in hand. Returns how many were deleted.
 */
export async function deleteOldRows(
  db: Database,
  { table, at, where = sql`true`, children }: OldRows,
  before: Date,
  signal?: AbortSignal,
): Promise<number> {
  const { id } = table;
  const moment = before.toISOString();
  const [young] = await rowsOf(
    db,
    sql`SELECT ${id} AS id FROM ${table} WHERE ${at} >= ${moment} ORDER BY ${id} LIMIT 1`,
  );
  const end = young?.id ?? String(Number.MAX_SAFE_INTEGER);
  let last = '0';
  let total = 0;
  for (;;) {
    if (signal?.aborted) return total;
    const old = await rowsOf(
      db,
      sql`SELECT ${id} AS id FROM ${table} WHERE ${id} > ${last} AND ${id} < ${end} AND ${at} < ${moment} AND ${where}
        ORDER BY ${id} LIMIT ${AT_A_TIME}`,
    );
    const ids = old.map((row) => row.id);
    if (ids.length === 0) return total;
    total += await db.transaction(async (tx) => {
      const these = sql`ANY(${sql.param(ids)}::bigint[])`;
      if (children) await tx.execute(sql`DELETE FROM ${children.table} WHERE ${children} = ${these}`);
      const { rowCount } = await tx.execute(sql`DELETE FROM ${table} WHERE ${id} = ${these}`);
      return rowCount ?? 0;
    });
    last = ids.at(-1) ?? last;
  }
}

async function rowsOf(db: Database, query: SQL): Promise<{ id: string }[]> {
  return (await db.execute<{ id: string }>(query)).rows;
}

/** `days`: a retention of the policy, such as `30d`. */
export const daysBefore = (now: Date, days: string): Date =>
  new Date(now.getTime() - Number.parseInt(days, 10) * DAY_MS);
