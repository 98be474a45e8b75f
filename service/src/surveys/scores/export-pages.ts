// Reads what is exported page by page, so that only one page is in memory.
import { CUSTOMER_SURVEYS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

type Value = string | number | boolean | null | readonly string[] | object;
export type ExportedRow = Readonly<Record<string, Value>>;

export interface Export {
  /** In order. Times are ISO 8601 in UTC. */
  readonly columns: readonly string[];
  /** One after the other, each in the order of its key, a number. */
  readonly parts: readonly {
    readonly key: string;
    readonly query: (after: number, pageSize: number) => SQL;
  }[];
}

const PAGE = 5_000;

export async function* readExport(
  db: Queryable,
  { parts }: Export,
  pageSize = PAGE,
): AsyncGenerator<readonly ExportedRow[]> {
  for (const { query, key } of parts)
    for (let after = 0; ; ) {
      const { rows } = await db.execute<ExportedRow & Record<string, unknown>>(query(after, pageSize));
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) break;
      after = Number(rows.at(-1)?.[key]);
    }
}

export const iso = (column: string): SQL =>
  sql`to_char(${sql.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Of an invitation `i`: without the pulse, whose answers carry no name. */
export const OF_CUSTOMERS = sql`i.survey IN (${sql.join(
  CUSTOMER_SURVEYS.map((survey) => sql`${survey}`),
  sql`, `,
)})`;
