// Sums rows by each dimension of a survey's score in one pass, and splits the sums by dimension.
import { sql } from 'drizzle-orm';
import { type ByDimension, mapDimensions, SURVEY_DIMENSIONS } from '../../figures/survey-cells.ts';

const NAMES = SURVEY_DIMENSIONS.map((dimension) => sql.identifier(dimension));

/** For `GROUPING SETS` over columns that are named as the dimensions. */
export const eachDimension = sql.join(
  NAMES.map((name) => sql`(${name})`),
  sql`, `,
);

/** The same columns, for a first sum by all of them together: few rows are left to sum by each. */
const allDimensions = sql.join(NAMES, sql`, `);

/** `GROUPING` has a bit for each dimension, the first the highest, which is 0 for the one that a row is about. */
export const dimensionAndValue = sql`GROUPING(${allDimensions}) AS mark,
  coalesce(category, tier, "group"::text, language, channel, brand::text, to_char(week, 'YYYY-MM-DD')) AS value`;

export interface Marked extends Record<string, unknown> {
  readonly mark: number;
  /** Null: unknown, or none. */
  readonly value: string | null;
}

export function byDimension<Row extends Marked, Cell>(
  rows: readonly Row[],
  toCells: (row: Row) => readonly Cell[],
): ByDimension<Cell> {
  const most = SURVEY_DIMENSIONS.length - 1;
  return mapDimensions((dimension) => {
    const mark = 2 ** (most + 1) - 1 - 2 ** (most - SURVEY_DIMENSIONS.indexOf(dimension));
    return rows.filter((row) => row.mark === mark).flatMap(toCells);
  });
}
