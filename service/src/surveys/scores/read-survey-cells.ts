// Reads the answers of a survey in a period, summed by the dimensions of the score, and who was asked.
import type { CustomerSurvey } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Histogram } from '../../figures/intervals.ts';
import { type AskedCell, type ByDimension, mapDimensions, type SurveyCell } from '../../figures/survey-cells.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type ImportedCells, importedFrom, readImportedCells } from '../imports/read-imported-cells.ts';
import { allDimensions, byDimension, dimensionAndValue, eachDimension, type Marked } from './by-dimension.ts';

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
  /** Answers that count whose customers agreed to be contacted. */
  readonly mayContact: readonly { readonly score: number; readonly n: number }[];
  /** How many answers that count may be a mail scanner's. */
  readonly doubtful: number;
  /** How many of those in `cleaned` and `raw` were imported, by source. */
  readonly imported: ImportedCells['sources'];
}

export async function readSurveyCells(db: Queryable, query: SurveyQuery): Promise<SurveyCells> {
  const { survey } = query;
  const scores = await db.execute<ScoredRow & Record<string, unknown>>(sql`
    WITH ${givenIn(query)}
    SELECT ${dimensionAndValue}, raw, cleaned, sum(n)::int AS n
    FROM (SELECT ${allDimensions}, raw, cleaned, count(*) AS n
      FROM (SELECT ${dimensions(query, sql`g.at`)}, g.raw, g.cleaned FROM given g JOIN invitations i ON i.id = g.id
        LEFT JOIN tickets t ON t.id = i.ticket_id WHERE i.survey = ${survey} ${scopeOf(query)}) answer
      GROUP BY ${allDimensions}, raw, cleaned) each
    GROUP BY raw, cleaned, GROUPING SETS (${eachDimension})`);
  const asked = await db.execute<AskedCell & Marked>(sql`
    SELECT ${dimensionAndValue}, sum(asked)::int AS asked, sum(answered)::int AS answered
    FROM (SELECT ${allDimensions}, count(*) AS asked, count(answered) AS answered
    FROM (SELECT ${dimensions(query, sql`i.sent_at`)}, r.invitation_id AS answered FROM invitations i
      LEFT JOIN responses r ON r.invitation_id = i.id LEFT JOIN tickets t ON t.id = i.ticket_id
      WHERE i.survey = ${survey} AND (i.state = 'answered' OR i.state = 'sent' AND i.reason IS DISTINCT FROM 'bounced' AND i.reason IS DISTINCT FROM 'bounced_this_time')
        AND ${between(query, sql`i.sent_at`)} ${scopeOf(query)}) invited
    GROUP BY ${allDimensions}) each
    GROUP BY GROUPING SETS (${eachDimension})`);
  const which = sql`i.survey = ${survey} AND ${between(query, sql`r.answered_at`)} ${scopeOf(query)}`;
  const drivers = await db.execute<DriverCell & Record<string, unknown>>(sql`
    SELECT d.driver, r.score, count(*)::int AS n, (count(*) FILTER (WHERE d.driver = ANY(r.drivers)))::int AS ticked FROM ${ANSWERS}
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(r.drivers || r.drivers_in_words) AS driver) d WHERE ${which} GROUP BY 1, 2`);
  const mayContact = await db.execute<{ score: number; n: number }>(sql`
    SELECT r.score, count(*)::int AS n FROM ${ANSWERS} WHERE ${which} AND r.may_contact GROUP BY 1`);
  const doubtful = await db.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM ${ANSWERS} JOIN survey_submissions u ON u.id = r.submission_id WHERE ${which} AND u.verdict = 'doubtful'`);
  const imported = await readImportedCells(db, query);
  const withImported = (own: ByDimension<SurveyCell>): ByDimension<SurveyCell> =>
    mapDimensions((dimension) => [...own[dimension], ...imported.cells[dimension]]);
  return {
    cleaned: withImported(
      byDimension(scores.rows, ({ value, cleaned: score, n }) => (score === null ? [] : [{ value, score, n }])),
    ),
    raw: withImported(byDimension(scores.rows, ({ value, raw: score, n }) => [{ value, score, n }])),
    asked: byDimension(asked.rows, ({ value, asked: all, answered }) => [{ value, asked: all, answered }]),
    drivers: [...drivers.rows, ...imported.drivers],
    imported: imported.sources,
    mayContact: mayContact.rows,
    doubtful: doubtful.rows[0]?.n ?? 0,
  };
}

/** The answers that count of each quarter in which the period has a part, by the quarter's first day: `2026-07-01`. */
export async function readQuarterScores(db: Queryable, query: SurveyQuery): Promise<ReadonlyMap<string, Histogram>> {
  const quarter = (at: SQL): SQL => sql`date_trunc('quarter', ${at} AT TIME ZONE ${query.timeZone}::text)`;
  const { rows } = await db.execute<{ quarter: string; value: number; n: number }>(sql`
    SELECT to_char(quarter, 'YYYY-MM-DD') AS quarter, value, count(*)::int AS n
    FROM (SELECT ${quarter(sql`r.answered_at`)} AS quarter, r.score AS value FROM ${ANSWERS}
        WHERE i.survey = ${query.survey} AND ${between(query, sql`r.answered_at`)} ${scopeOf(query)}
      UNION ALL SELECT ${quarter(sql`a.answered_at`)}, a.score FROM ${importedFrom(query)}) each
    GROUP BY each.quarter, value`);
  const quarters = new Map<string, { value: number; n: number }[]>();
  for (const { quarter: first, value, n } of rows) quarters.set(first, [...(quarters.get(first) ?? []), { value, n }]);
  return quarters;
}

const ANSWERS = sql`responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id`;

/** For `WITH`: `given` has each survey that was first answered in the period, by whomever, with its raw and its cleaned score. */
export const givenIn = (period: Period): SQL => sql`last AS (
    SELECT DISTINCT ON (u.invitation_id) u.invitation_id, u.score
    FROM survey_submissions u JOIN responses r ON r.invitation_id = u.invitation_id
    WHERE ${between(period, sql`r.answered_at`)} ORDER BY u.invitation_id, u.at DESC, u.id DESC),
  given AS (
    SELECT r.invitation_id AS id, r.answered_at AS at, r.score AS cleaned, coalesce(last.score, r.score) AS raw
    FROM responses r LEFT JOIN last ON last.invitation_id = r.invitation_id
    WHERE ${between(period, sql`r.answered_at`)}
    UNION ALL
    SELECT u.invitation_id, min(u.at), NULL, (array_agg(u.score ORDER BY u.at DESC, u.id DESC))[1]
    FROM survey_submissions u WHERE u.invitation_id IN (SELECT v.invitation_id FROM survey_submissions v
      LEFT JOIN responses r ON r.invitation_id = v.invitation_id WHERE r.invitation_id IS NULL AND ${between(period, sql`v.at`)})
    GROUP BY 1 HAVING ${between(period, sql`min(u.at)`)})`;

type Period = Pick<SurveyQuery, 'from' | 'to'>;

const between = ({ from, to }: Period, at: SQL): SQL =>
  sql`${at} >= ${from.toISOString()} AND ${at} < ${to.toISOString()}`;

const dimensions = ({ timeZone }: SurveyQuery, at: SQL): SQL => sql`i.category, t.tier, t.group_id AS "group",
  nullif(lower(split_part(i.locale, '-', 1)), '') AS language, t.via AS channel, t.brand_id AS brand,
  date_trunc('week', ${at} AT TIME ZONE ${timeZone}::text) AS week`;

interface ScoredRow extends Marked {
  readonly raw: number;
  readonly cleaned: number | null;
  readonly n: number;
}

/** Of invitations `i` with their tickets `t`. */
export function scopeOf({ tier, categories }: SurveyQuery): SQL {
  const ofTier = tier === undefined ? sql`` : sql`AND t.tier = ${tier}`;
  return categories === undefined
    ? ofTier
    : sql`${ofTier} AND i.category IN (${sql.join(
        categories.map((id) => sql`${id}`),
        sql`, `,
      )})`;
}
