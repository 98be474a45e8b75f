// Reads the answers of a survey in a period, summed by what the score is told by, and who was asked.
import type { SurveyKind } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { AskedCell, SurveyCell } from '../../figures/survey-cells.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type ImportedCell, readImportedCells } from '../imports/read-imported-cells.ts';

/** Without the pulse, which is anonymous: nothing of it may be told by group. */
export const CUSTOMER_SURVEYS = ['nps', 'csat', 'ces'] as const satisfies readonly SurveyKind[];
export type CustomerSurvey = (typeof CUSTOMER_SURVEYS)[number];

export interface SurveyQuery {
  readonly survey: CustomerSurvey;
  readonly from: Date;
  readonly to: Date;
  /** IANA. */
  readonly timeZone: string;
  readonly tier?: string | undefined;
  readonly categories?: readonly string[] | undefined;
}

export interface SurveyCells {
  /** The answers that count, first given in the period, with those imported from another tool. */
  readonly cleaned: readonly SurveyCell[];
  /** The last submission of each survey, whoever sent it; also where no answer counts. With imported answers. */
  readonly raw: readonly SurveyCell[];
  /** Delivered in the period: taken by the mail server, and not returned. */
  readonly asked: readonly AskedCell[];
  /** Ticked reasons of the answers that count. */
  readonly drivers: readonly { readonly driver: string; readonly score: number; readonly n: number }[];
  /** Answers that count whose customers agreed to be contacted. */
  readonly mayContact: readonly { readonly score: number; readonly n: number }[];
  /** Those in `cleaned` and `raw` that were imported. */
  readonly imported: readonly ImportedCell[];
}

export async function readSurveyCells(db: Queryable, query: SurveyQuery): Promise<SurveyCells> {
  const { from, to, timeZone } = query;
  const between = (at: SQL): SQL => sql`${at} >= ${from.toISOString()} AND ${at} < ${to.toISOString()}`;
  const dimensions = (at: SQL): SQL => sql`i.category, t.tier, t.group_id::text AS "group",
    nullif(lower(split_part(i.locale, '-', 1)), '') AS language, t.via AS channel, t.brand_id::text AS brand,
    to_char(date_trunc('week', ${at} AT TIME ZONE ${timeZone}::text), 'YYYY-MM-DD') AS week`;
  const scores = await db.execute<ScoredRow & Record<string, unknown>>(sql`
    WITH last AS (SELECT u.invitation_id, min(u.at) AS first, (array_agg(u.score ORDER BY u.at DESC, u.id DESC))[1] AS score
      FROM survey_submissions u JOIN invitations i ON i.id = u.invitation_id WHERE i.survey = ${query.survey} GROUP BY 1),
    given AS (SELECT i.*, coalesce(r.answered_at, last.first) AS at, coalesce(last.score, r.score) AS raw, r.score AS cleaned
      FROM invitations i LEFT JOIN responses r ON r.invitation_id = i.id LEFT JOIN last ON last.invitation_id = i.id
      WHERE i.survey = ${query.survey})
    SELECT ${dimensions(sql`i.at`)}, raw, cleaned, count(*)::int AS n
    FROM given i LEFT JOIN tickets t ON t.id = i.ticket_id WHERE ${between(sql`i.at`)} ${scopeOf(query)}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`);
  const asked = await db.execute<AskedCell & Record<string, unknown>>(sql`
    SELECT ${dimensions(sql`i.sent_at`)}, count(*)::int AS asked, count(r.invitation_id)::int AS answered
    FROM invitations i LEFT JOIN responses r ON r.invitation_id = i.id LEFT JOIN tickets t ON t.id = i.ticket_id
    WHERE i.survey = ${query.survey} AND (i.state = 'answered' OR i.state = 'sent' AND i.reason IS DISTINCT FROM 'bounced' AND i.reason IS DISTINCT FROM 'bounced_this_time')
      AND ${between(sql`i.sent_at`)} ${scopeOf(query)}
    GROUP BY 1, 2, 3, 4, 5, 6, 7`);
  const answers = sql`responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id`;
  const which = sql`i.survey = ${query.survey} AND ${between(sql`r.answered_at`)} ${scopeOf(query)}`;
  const drivers = await db.execute<{ driver: string; score: number; n: number }>(sql`
    SELECT d.driver, r.score, count(*)::int AS n FROM ${answers}
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(r.drivers) AS driver) d WHERE ${which} GROUP BY 1, 2`);
  const mayContact = await db.execute<{ score: number; n: number }>(sql`
    SELECT r.score, count(*)::int AS n FROM ${answers} WHERE ${which} AND r.may_contact GROUP BY 1`);
  const imported = await readImportedCells(db, query);
  return {
    cleaned: [...cellsOf(scores.rows, ({ cleaned }) => cleaned), ...imported],
    raw: [...cellsOf(scores.rows, ({ raw }) => raw), ...imported],
    imported,
    asked: asked.rows,
    drivers: drivers.rows,
    mayContact: mayContact.rows,
  };
}

interface ScoredRow extends Omit<SurveyCell, 'score'> {
  readonly raw: number;
  readonly cleaned: number | null;
}

function cellsOf(rows: readonly ScoredRow[], scoreOf: (row: ScoredRow) => number | null): SurveyCell[] {
  return rows.flatMap((row) => {
    const score = scoreOf(row);
    const { category, tier, group, language, channel, brand, week, n } = row;
    return score === null ? [] : [{ category, tier, group, language, channel, brand, week, score, n }];
  });
}

function scopeOf({ tier, categories }: SurveyQuery): SQL {
  const ofTier = tier === undefined ? sql`` : sql`AND t.tier = ${tier}`;
  return categories === undefined
    ? ofTier
    : sql`${ofTier} AND i.category IN (${sql.join(
        categories.map((id) => sql`${id}`),
        sql`, `,
      )})`;
}
