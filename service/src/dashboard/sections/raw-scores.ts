// Reads what surveys' figures would be if every submission counted.
import type { FigureId } from '@deskwright/shared';
import type { FigureTickets } from '@deskwright/shared/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { FigureFilters } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readRawScores } from '../../surveys/index.ts';

type RawScores = Awaited<ReturnType<typeof readRawScores>>;

const SURVEY_OF = { csat: 'csat', csat_mean: 'csat', ces: 'ces', ces_mean: 'ces' } as const;

/** Null: the figure is of no survey. Filters are those of the tickets as they are now. */
export async function readRaw(
  db: Queryable,
  figure: FigureId,
  query: FigureFilters & { readonly from: Date; readonly to: Date },
  ticketIds: readonly number[],
): Promise<RawScores | null> {
  const survey = figure in SURVEY_OF ? SURVEY_OF[figure as keyof typeof SURVEY_OF] : null;
  return survey === null ? null : readRawScores(db, { ...query, survey, only: conditionOf(query), ticketIds });
}

function conditionOf({ tier, category, categories, channel, group }: FigureFilters): SQL {
  const is = (column: SQL, value: string | undefined): SQL[] =>
    value === undefined ? [] : [sql`coalesce(${column}, '') = ${value}`];
  const conditions = [
    ...is(sql`t.tier`, tier),
    ...is(sql`i.category`, category),
    ...is(sql`t.via`, channel),
    ...(categories === undefined ? [] : [sql`coalesce(i.category, '') = ANY(${sql.param(categories)}::text[])`]),
    ...(group === undefined ? [] : [sql`t.group_id = ${group}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** In the figure's unit. */
export const rawOf = (figure: FigureId, { n, good, mean }: RawScores): NonNullable<FigureTickets['raw']> => ({
  n,
  value: figure.endsWith('_mean') ? mean : good,
});
