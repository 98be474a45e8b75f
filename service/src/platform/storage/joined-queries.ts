// Joins queries, so that several run as one prepared statement: one round trip, one plan, one snapshot of the database.
import { createHash } from 'node:crypto';
import { is, Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { PgColumn, PgDialect, type PgSelectBuilder, QueryBuilder } from 'drizzle-orm/pg-core';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import type { Queryable } from './database.ts';

type Columns = Record<string, PgColumn | SQL>;
type From = Pick<PgSelectBuilder<{ row: SQL.Aliased }, 'qb'>, 'from'>;

/** Runs with the values of all its placeholders, by name. */
export interface Statement<Result> {
  readonly execute: (values: Record<string, unknown>) => Promise<Result>;
}

/**
 * A query as an expression: all its rows, as one value. A column comes as in any query, an expression as JSON has it: a moment, for one,
 * as a text. Values become part of the text, so that PostgreSQL plans with them (it takes a tenth of the table for an unknown LIMIT);
 * what changes from one run to the next must be a placeholder.
 */
export function rowsOf<Selected extends Columns>(
  columns: Selected,
  query: (select: From) => SQLWrapper,
): SQL<SelectResultFields<Selected>[]> {
  const { rows, decode } = asJson(columns, query);
  // Wrapped, because a select takes the parts of an expression, and leaves behind what was said about the whole.
  return sql`${rows}`.mapWith(decode) as SQL<SelectResultFields<Selected>[]>;
}

/** As `rowsOf`, already written as text: for a constant that each transaction prepares anew, which takes milliseconds otherwise. */
export function writtenRowsOf<Selected extends Columns>(
  columns: Selected,
  query: (select: From) => SQLWrapper,
): SQL<SelectResultFields<Selected>[]> {
  const { rows, decode } = asJson(columns, query);
  const { sql: text, params } = new PgDialect().sqlToQuery(rows);
  const parts = text
    .split(/\$\d+/)
    .flatMap((part, at) => [sql.raw(part), ...params.slice(at, at + 1).map((it) => sql`${it}`)]);
  return sql.join(parts).mapWith(decode) as SQL<SelectResultFields<Selected>[]>;
}

function asJson(columns: Columns, query: (select: From) => SQLWrapper) {
  const named = Object.entries(columns);
  const values = sql.join(
    named.map(([, column]) => sql`${column}`),
    sql`, `,
  );
  const row = sql`json_build_array(${values})`.as('row');
  const toRow = (found: readonly unknown[]): [string, unknown][] =>
    named.map(([name, column], at) => {
      const value = found[at];
      return [name, value !== null && is(column, PgColumn) ? column.mapFromDriverValue(value) : value];
    });
  const rows = sql`coalesce((SELECT json_agg(q.row) FROM ${query(new QueryBuilder().select({ row }))} q), '[]')`;
  return {
    rows: rows.inlineParams(),
    decode: (found: unknown[][]) => found.map((each) => Object.fromEntries(toRow(each))),
  };
}

/** Ids as PostgreSQL writes an array, which can stand in a query's text; or the placeholder for them. */
export function idsOf(ids: readonly number[] | Placeholder): string | Placeholder {
  return is(ids, Placeholder) ? ids : `{${(ids as readonly number[]).join()}}`;
}

const ONCE = sql`(SELECT) AS once`;

/** Runs one such query by itself. */
export async function readRows<Row>(db: Queryable, rows: SQL<Row[]>): Promise<Row[]> {
  const [found] = await db.select({ rows }).from(ONCE);
  return found?.rows ?? [];
}

/** Prepares a statement that gives all of these, each as `rowsOf` its query. */
export function prepareJoined<Fields extends Record<string, SQL>>(
  db: Queryable,
  fields: Fields,
): Statement<SelectResultFields<Fields>> {
  const query = db.select(fields).from(ONCE);
  // Another text must have another name on the same connection, also where a pooler shares it between processes.
  const name = createHash('sha256').update(query.toSQL().sql).digest('hex').slice(0, 16);
  const prepared = query.prepare(`joined_${name}`);
  return {
    execute: async (values) => {
      const [row] = (await prepared.execute(values)) as SelectResultFields<Fields>[];
      if (row === undefined) throw new Error('A statement without conditions gave no row');
      return row;
    },
  };
}

/** Makes it once for each object: for a database, mostly, since a prepared statement belongs to one. */
export function onceFor<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const made = new WeakMap<Of, { readonly it: Made }>();
  return (of) => {
    const known = made.get(of) ?? { it: make(of) };
    made.set(of, known);
    return known.it;
  };
}
