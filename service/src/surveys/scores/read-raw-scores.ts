// Reads the scores of a survey as they were submitted, whoever sent them.
import { type CustomerSurvey, SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { givenIn } from './given-surveys.ts';

export interface RawQuery {
  readonly survey: CustomerSurvey;
  readonly from: Date;
  readonly to: Date;
  /** A condition on `t`, the ticket, and `i`, the invitation. */
  readonly only: SQL;
  /** Whose scores are told one by one. */
  readonly ticketIds: readonly number[];
}

export interface RawScores {
  readonly n: number;
  /** The share of good scores, 0 to 1, and the mean; null: no scores. */
  readonly good: number | null;
  readonly mean: number | null;
  /** By ticket, the newest. */
  readonly ofTickets: ReadonlyMap<number, number>;
}

/** Of surveys about tickets that were first answered in the period; the last submission of each, also where no answer counts. */
export async function readRawScores(db: Queryable, query: RawQuery): Promise<RawScores> {
  const { survey, only, ticketIds } = query;
  const ids = sql.param(`{${ticketIds.join(',')}}`);
  const { rows } = await db.execute<{ n: number; good: number | null; mean: number | null; told: [number, number][] }>(
    sql`WITH these AS (SELECT i.ticket_id, g.raw, g.at FROM (${givenIn(query)}) g JOIN invitations i ON i.id = g.id JOIN tickets t ON t.id = i.ticket_id
        WHERE i.survey = ${survey} AND ${only})
      SELECT count(*)::int AS n, avg((raw >= ${SURVEY_KINDS[survey].goodFrom})::int)::float8 AS good, avg(raw)::float8 AS mean,
        coalesce(json_agg(json_build_array(ticket_id, raw) ORDER BY at) FILTER (WHERE ticket_id = ANY(${ids}::bigint[])), '[]') AS told
      FROM these`,
  );
  const { n = 0, good = null, mean = null, told = [] } = rows[0] ?? {};
  return { n, good, mean, ofTickets: new Map(told) };
}
