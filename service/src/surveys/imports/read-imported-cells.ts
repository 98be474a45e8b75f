// Reads imported answers of a survey in a period, summed by the dimensions of the score.
import { type SQL, sql } from 'drizzle-orm';
import type { ByDimension, SurveyCell } from '../../figures/survey-cells.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { byDimension, dimensionAndValue, eachDimension, type Marked } from '../scores/by-dimension.ts';
import type { ImportSource } from './choose-columns.ts';
import { importedAnswers } from './tables.ts';

export interface ImportedCells {
  readonly cells: ByDimension<SurveyCell>;
  readonly sources: readonly { readonly source: ImportSource; readonly n: number }[];
  /** Found in their comments. */
  readonly drivers: readonly {
    readonly driver: string;
    readonly score: number;
    readonly n: number;
    readonly ticked: number;
  }[];
}

interface ImportedQuery {
  readonly survey: string;
  readonly from: Date;
  readonly to: Date;
  /** IANA. */
  readonly timeZone: string;
  readonly tier?: string | undefined;
  readonly categories?: readonly string[] | undefined;
}

interface ImportedRow extends Marked {
  readonly source: ImportSource;
  readonly score: number;
  readonly n: number;
}

export async function readImportedCells(db: Queryable, query: ImportedQuery): Promise<ImportedCells> {
  const { rows } = await db.execute<ImportedRow>(sql`
    SELECT source, ${dimensionAndValue}, score, count(*)::int AS n
    FROM (SELECT a.source, a.score, t.category, t.tier, t.group_id AS "group", NULL AS language, t.via AS channel, t.brand_id AS brand,
        date_trunc('week', a.answered_at AT TIME ZONE ${query.timeZone}::text) AS week
      FROM ${importedFrom(query)}) each
    GROUP BY source, score, GROUPING SETS (${eachDimension})`);
  const drivers = await db.execute<ImportedCells['drivers'][number] & Record<string, unknown>>(sql`
    SELECT d.driver, a.score, count(*)::int AS n, 0 AS ticked FROM ${importedFrom(query, sql`CROSS JOIN LATERAL unnest(a.drivers_in_words) AS d (driver)`)}
    GROUP BY 1, 2`);
  const sources = byDimension(rows, ({ source, n }) => [{ source, n }]).week;
  return {
    cells: byDimension(rows, ({ value, score, n }) => [{ value, score, n }]),
    sources,
    drivers: drivers.rows,
  };
}

/**
 * The imported answers `a` with their tickets `t`. What a ticket tells is known of answers about tickets that we know; limited to a tier or categories,
 * others are left out.
 */
export function importedFrom(
  { survey, from, to, tier, categories }: Omit<ImportedQuery, 'timeZone'>,
  joined: SQL = sql``,
): SQL {
  const ofTier: SQL = tier === undefined ? sql`` : sql`AND t.tier = ${tier}`;
  const ofCategories: SQL =
    categories === undefined ? sql`` : sql`AND t.category = ANY(${sql.param([...categories])}::text[])`;
  return sql`${importedAnswers} a LEFT JOIN tickets t ON t.id = a.ticket_id ${joined}
    WHERE a.survey = ${survey} AND a.answered_at >= ${from.toISOString()} AND a.answered_at < ${to.toISOString()} ${ofTier} ${ofCategories}`;
}
