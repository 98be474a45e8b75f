// Reads the answers of a survey in a period, summed by the dimensions of the score, and who was surveyed.
import type { CustomerSurvey } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Histogram } from '../../figures/intervals.ts';
import { type AskedCell, type ByDimension, mapDimensions, type SurveyCell } from '../../figures/survey-cells.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { isPersons } from '../answers/is-by-person.ts';
import { type ImportedCells, importedFrom, readImportedCells } from '../imports/read-imported-cells.ts';
import { byDimension, dimensionAndValue, eachDimension, type Marked } from './by-dimension.ts';
import { differingIn, isIn, startOfBucket, startsOf } from './given-surveys.ts';

export interface SurveyQuery {
  readonly survey: CustomerSurvey;
  readonly from: Date;
  readonly to: Date;
  /** IANA. */
  readonly timeZone: string;
  readonly tier?: string | undefined;
  readonly categories?: readonly string[] | undefined;
}

interface DriverCell {
  readonly driver: string;
  readonly score: number;
  /** Answers that name it, by a tick or in words. */
  readonly n: number;
  /** Those that ticked it. */
  readonly ticked: number;
}

export interface SurveyCells {
  /** The answers that count, first given in the period, with those imported from another tool. */
  readonly cleaned: ByDimension<SurveyCell>;
  /** The last submission of each survey, whoever sent it; also where no answer counts. With imported answers. */
  readonly raw: ByDimension<SurveyCell>;
  /** Delivered in the period: taken by the mail server, and not returned. */
  readonly asked: ByDimension<AskedCell>;
  /** Of the answers that count. */
  readonly drivers: readonly DriverCell[];
  /** How many answers that count are not surely a person's (`isPersons`). */
  readonly doubtful: number;
  /** How many of those in `cleaned` and `raw` were imported, by source. */
  readonly imported: ImportedCells['sources'];
}

export async function readSurveyCells(db: Queryable, query: SurveyQuery): Promise<SurveyCells> {
  const { survey } = query;
  const which = sql`i.survey = ${survey} AND ${isIn(query, sql`r.answered_at`)} ${scopeOf(query)}`;
  const sumScores = (rows: SQL, n: SQL) =>
    db.execute<ScoredRow & Record<string, unknown>>(sql`
      SELECT ${dimensionAndValue}, score, sum(n)::int AS n
      FROM (SELECT ${named(query)}, score, n FROM (SELECT ${UNNAMED}, score, ${n} AS n FROM (${rows}) answer GROUP BY ${UNNAMED}, score) summed) each
      GROUP BY score, GROUPING SETS (${eachDimension})`);
  const cleaned = await sumScores(
    sql`SELECT ${unnamed(query, sql`r.answered_at`)}, r.score FROM ${ANSWERS} WHERE ${which}`,
    sql`count(*)`,
  );
  const differing = await sumScores(
    sql`SELECT ${unnamed(query, sql`d.at`)}, change.score, change.n FROM (${differingIn(query)}) d
      CROSS JOIN LATERAL (VALUES (d.raw, 1), (d.cleaned, -1)) change (score, n)
      JOIN invitations i ON i.id = d.id LEFT JOIN tickets t ON t.id = i.ticket_id
      WHERE change.score IS NOT NULL AND i.survey = ${survey} ${scopeOf(query)}`,
    sql`sum(n)`,
  );
  const asked = await db.execute<AskedCell & Marked>(sql`
    SELECT ${dimensionAndValue}, sum(asked)::int AS asked, sum(answered)::int AS answered
    FROM (SELECT ${named(query)}, asked, answered FROM (
      SELECT ${UNNAMED}, count(*) AS asked, count(*) FILTER (WHERE state = 'answered') AS answered
      FROM (SELECT ${unnamed(query, sql`i.sent_at`)}, i.state FROM invitations i LEFT JOIN tickets t ON t.id = i.ticket_id
        WHERE i.survey = ${survey} AND (i.state = 'answered' OR i.state = 'sent' AND i.reason IS DISTINCT FROM 'bounced' AND i.reason IS DISTINCT FROM 'bounced_this_time')
          AND ${isIn(query, sql`i.sent_at`)} ${scopeOf(query)}) invited
      GROUP BY ${UNNAMED}) summed) each
    GROUP BY GROUPING SETS (${eachDimension})`);
  const alike = await db.execute<AlikeRow & Record<string, unknown>>(sql`
    SELECT r.score, r.drivers AS ticked, r.drivers_in_words AS "inWords", count(*)::int AS n
    FROM ${ANSWERS} WHERE ${which} GROUP BY r.score, r.drivers, r.drivers_in_words`);
  // Few have another verdict: only of those it is asked.
  const doubtful = await db.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM ${ANSWERS} JOIN survey_submissions u ON u.id = r.submission_id
    WHERE ${which} AND u.verdict <> 'human' AND NOT ${isPersons(sql`r`)}`);
  const imported = await readImportedCells(db, query);
  const withImported = (own: ByDimension<SurveyCell>): ByDimension<SurveyCell> =>
    mapDimensions((dimension) => [...own[dimension], ...imported.cells[dimension]]);
  return {
    cleaned: withImported(byDimension(cleaned.rows, toCell)),
    raw: withImported(
      mapDimensions((dimension) => sumCells(byDimension([...cleaned.rows, ...differing.rows], toCell)[dimension])),
    ),
    asked: byDimension(asked.rows, ({ value, asked: all, answered }) => [{ value, asked: all, answered }]),
    drivers: [...driversOf(alike.rows), ...imported.drivers],
    imported: imported.sources,
    doubtful: doubtful.rows[0]?.n ?? 0,
  };
}

const toCell = ({ value, score, n }: ScoredRow): SurveyCell[] => [{ value, score, n }];

/** One cell for each value and score. */
function sumCells(cells: readonly SurveyCell[]): SurveyCell[] {
  const sums = new Map<string, SurveyCell>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.value, cell.score]);
    sums.set(key, { ...cell, n: cell.n + (sums.get(key)?.n ?? 0) });
  }
  return [...sums.values()].filter(({ n }) => n > 0);
}

/** Answers that differ in nothing that is told of them here. */
interface AlikeRow {
  readonly score: number;
  readonly ticked: readonly string[];
  readonly inWords: readonly string[];
  readonly n: number;
}

function driversOf(rows: readonly AlikeRow[]): DriverCell[] {
  return rows.flatMap(({ score, ticked, inWords, n }) =>
    [...new Set([...ticked, ...inWords])].map((driver) => ({
      driver,
      score,
      n,
      ticked: ticked.includes(driver) ? n : 0,
    })),
  );
}

/** The answers that count of each quarter in which the period has a part, by the quarter's first day: `2026-07-01`. */
export async function readQuarterScores(db: Queryable, query: SurveyQuery): Promise<ReadonlyMap<string, Histogram>> {
  const quarter = (at: SQL): SQL => sql`width_bucket(${at}, ${startsOf('quarter', query)})`;
  const { rows } = await db.execute<{ quarter: string; value: number; n: number }>(sql`
    SELECT to_char(${startOfBucket('quarter', sql`each.quarter`, query)}, 'YYYY-MM-DD') AS quarter, value, count(*)::int AS n
    FROM (SELECT ${quarter(sql`r.answered_at`)} AS quarter, r.score AS value FROM ${ANSWERS}
        WHERE i.survey = ${query.survey} AND ${isIn(query, sql`r.answered_at`)} ${scopeOf(query)}
      UNION ALL SELECT ${quarter(sql`a.answered_at`)}, a.score FROM ${importedFrom(query)}) each
    GROUP BY each.quarter, value`);
  const quarters = new Map<string, { value: number; n: number }[]>();
  for (const { quarter: first, value, n } of rows) quarters.set(first, [...(quarters.get(first) ?? []), { value, n }]);
  return quarters;
}

/** Answers `r` that count, with their invitations and tickets. */
export const ANSWERS = sql`responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id`;

/** Of invitations `i` with their tickets `t`; of those about no ticket, what the customer's newest one was like. */
export const PLACE = {
  tier: sql`coalesce(t.tier, i.tier)`,
  groupId: sql`coalesce(t.group_id, i.group_id)`,
  channel: sql`coalesce(t.via, i.channel)`,
  /** Under which a campaign asked, by name, before that of the customer's newest ticket. */
  brand: sql`coalesce(t.brand_id::text, i.brand, i.brand_id::text)`,
};

/** Whoever sums them first gives them their names afterwards. */
const unnamed = (
  query: SurveyQuery,
  at: SQL,
): SQL => sql`i.category, ${PLACE.tier} AS tier, ${PLACE.groupId} AS group_id, i.locale, ${PLACE.channel} AS channel, ${PLACE.brand} AS brand,
  width_bucket(${at}, ${startsOf('week', query)}) AS week`;

const UNNAMED = sql`category, tier, group_id, locale, channel, brand, week`;

const named = (query: SurveyQuery): SQL => sql`category, tier, group_id AS "group",
  nullif(lower(split_part(locale, '-', 1)), '') AS language, channel, brand,
  ${startOfBucket('week', sql`week`, query)} AS week`;

interface ScoredRow extends Marked {
  readonly score: number;
  readonly n: number;
}

/** Of invitations `i` with their tickets `t`. */
export function scopeOf({ tier, categories }: Pick<SurveyQuery, 'tier' | 'categories'>): SQL {
  const ofTier = tier === undefined ? sql`` : sql`AND ${PLACE.tier} = ${tier}`;
  return categories === undefined
    ? ofTier
    : sql`${ofTier} AND i.category IN (${sql.join(
        categories.map((id) => sql`${id}`),
        sql`, `,
      )})`;
}
