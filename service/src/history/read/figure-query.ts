// Defines the query for figures, and the measures it needs.
import type { MeasureId } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { DAILY } from '../measures/rollup-changes.ts';

/** A stretch of time: from `from` up to, and without, `to`. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** The filters add up. An agent is who replied or solved. */
export interface FigureFilters {
  readonly tier?: string | undefined;
  /** Any of these. */
  readonly tiers?: readonly string[] | undefined;
  readonly category?: string | undefined;
  /** Any of these. */
  readonly categories?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  /** A group or agent, by its id in Zendesk. */
  readonly group?: number | undefined;
  readonly agent?: number | undefined;
  /** A trigger, a department or a survey: what `detail` of the measure names. */
  readonly detail?: string | undefined;
}

export interface FigureQuery extends Period, FigureFilters {
  /** The period that it is compared with. Left out or null: none. */
  readonly before?: Period | null | undefined;
}

/** What sums are kept for. `detail`: a trigger, a department, a survey. */
type Dimension = 'tier' | 'category' | 'channel' | 'group' | 'detail';
/** What figures are broken down by. */
export type Breakdown = Dimension | 'agent';

/** By the clock of the policy's time zone; weeks begin on Monday. */
export type Bucket = 'hour' | 'day' | 'week';

export const isBucket = (by: Breakdown | Bucket | null): by is Bucket => by === 'hour' || by === 'day' || by === 'week';

export interface TallyQuery {
  readonly measures: readonly MeasureId[];
  readonly period: Period;
  /** Null: without a comparison. */
  readonly before: Period | null;
  readonly filters: FigureFilters;
  readonly by: Breakdown | Bucket | null;
}

export const COLUMNS = {
  tier: sql`measures.tier`,
  category: sql`measures.category`,
  channel: sql`measures.channel`,
  group: sql`measures.group_id::text`,
  agent: sql`measures.agent_id::text`,
  detail: sql`measures.detail`,
} as const satisfies Record<Breakdown, SQL>;

/** '' is none, as the rows of a breakdown name it. */
export const isOrNone = (column: SQL, id: string): SQL => (id === '' ? sql`${column} IS NULL` : sql`${column} = ${id}`);

export const isAnyOrNone = (column: SQL, ids: readonly string[]): SQL =>
  sql`${ids.includes('') ? sql`coalesce(${column}, '')` : column} = ANY(${sql.param(ids)}::text[])`;

/** The filters as conditions on `measures`. Broken down by detail, those without one are left out. */
export function filterMeasures(
  { tier, tiers, category, categories, channel, group, agent, detail }: FigureFilters,
  by: TallyQuery['by'] = null,
): SQL {
  return sql.join(
    [
      sql`true`,
      ...(by === 'detail' ? [sql`measures.detail IS NOT NULL`] : []),
      ...(tier === undefined ? [] : [isOrNone(COLUMNS.tier, tier)]),
      ...(tiers === undefined ? [] : [sql`measures.tier = ANY(${sql.param(tiers)}::text[])`]),
      ...(category === undefined ? [] : [isOrNone(COLUMNS.category, category)]),
      ...(categories === undefined ? [] : [isAnyOrNone(COLUMNS.category, categories)]),
      ...(channel === undefined ? [] : [sql`measures.channel = ${channel}`]),
      ...(group === undefined ? [] : [sql`measures.group_id = ${group}`]),
      ...(agent === undefined ? [] : [sql`measures.agent_id = ${agent}`]),
      ...(detail === undefined ? [] : [sql`measures.detail = ${detail}`]),
    ],
    sql` AND `,
  );
}

/** Where sums are kept: of days for a member of one dimension (null: for each of its members), or of days or weeks for any combination. */
export type RollupPlace =
  | { readonly of: 'days'; readonly dimension: Dimension | 'all'; readonly member: string | null }
  | { readonly of: 'combined'; readonly grain: 'day' | 'week' };

/** Where the sums of these filters, broken down so, are kept. Null: nowhere, only the measures tell. */
export function placeInRollups(
  { tier, tiers, category, categories, channel, group, agent, detail }: FigureFilters,
  { by, measures }: Pick<TallyQuery, 'by' | 'measures'>,
): RollupPlace | null {
  if (agent !== undefined || by === 'agent' || by === 'hour') return null;
  const breakdown = by === null || isBucket(by) ? null : by;
  const filters = Object.entries({ tier, category, channel, group, detail, tiers, categories }).filter(
    ([, value]) => value !== undefined,
  );
  const [[dimension, member] = [], second] = filters;
  if (dimension === undefined)
    return breakdown === null
      ? { of: 'days', dimension: 'all', member: '' }
      : { of: 'days', dimension: breakdown, member: null };
  if (second === undefined && breakdown === null && dimension !== 'tiers' && dimension !== 'categories')
    return { of: 'days', dimension: dimension as Dimension, member: String(member) };
  // Combined sums are kept without `detail`.
  if (by === 'detail' || detail !== undefined) return null;
  if (by !== 'day') return { of: 'combined', grain: 'week' };
  return measures.every((measure) => DAILY.has(measure)) ? { of: 'combined', grain: 'day' } : null;
}
