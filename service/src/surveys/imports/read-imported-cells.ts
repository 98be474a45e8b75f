// Reads imported answers of a survey in a period, summed by what the score is told by.
import { type SQL, sql } from 'drizzle-orm';
import type { SurveyCell } from '../../figures/survey-cells.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ImportSource } from './choose-columns.ts';
import { importedAnswers } from './tables.ts';

export interface ImportedCell extends SurveyCell {
  readonly source: ImportSource;
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

/** What a ticket tells is known of answers about tickets that we know; limited to a tier or categories, others are left out. */
export async function readImportedCells(db: Queryable, query: ImportedQuery): Promise<readonly ImportedCell[]> {
  const { survey, from, to, timeZone, tier, categories } = query;
  const ofTier: SQL = tier === undefined ? sql`` : sql`AND t.tier = ${tier}`;
  const ofCategories: SQL =
    categories === undefined ? sql`` : sql`AND t.category = ANY(${sql.param([...categories])}::text[])`;
  const { rows } = await db.execute<ImportedCell & Record<string, unknown>>(sql`
    SELECT a.source, t.category, t.tier, t.group_id::text AS "group", NULL AS language, t.via AS channel, t.brand_id::text AS brand,
      to_char(date_trunc('week', a.answered_at AT TIME ZONE ${timeZone}::text), 'YYYY-MM-DD') AS week, a.score, count(*)::int AS n
    FROM ${importedAnswers} a LEFT JOIN tickets t ON t.id = a.ticket_id
    WHERE a.survey = ${survey} AND a.answered_at >= ${from.toISOString()} AND a.answered_at < ${to.toISOString()} ${ofTier} ${ofCategories}
    GROUP BY 1, 2, 3, 4, 6, 7, 8, 9`);
  return rows;
}
