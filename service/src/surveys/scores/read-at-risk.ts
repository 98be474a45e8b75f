// Reads the customers at risk: those with a bad newest answer who have not been reached since.
import { CUSTOMER_SURVEYS, type CustomerSurvey, SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { isPersons } from '../answers/is-by-person.ts';

export interface AtRisk {
  readonly requesterId: number;
  readonly survey: CustomerSurvey;
  readonly score: number;
  /** Epoch milliseconds. */
  readonly answeredAt: number;
  /** Bad answers within the days that count. */
  readonly badAnswers: number;
  /** The answer before to the same survey was a good one. */
  readonly wasGood: boolean;
  /** Where it is followed up, else what the answer is about; null: neither. */
  readonly ticketId: number | null;
  /** `none`: the policy does not follow up. `overdue`: nobody has reached the customer in time. `ended`: without reaching them. */
  readonly followUp: 'none' | 'open' | 'overdue' | 'ended';
}

/** An older answer says little about today. */
export const AT_RISK_DAYS = 90;
const EARLIER_DAYS = 365;

/** Each customer once, the most pressing first. Answers that may be a program's (`isPersons`), and of customers who were erased, are left out. */
export async function readAtRisk(db: Queryable, now: Date): Promise<AtRisk[]> {
  const ago = (days: number): SQL => sql`${new Date(now.getTime() - days * 86_400_000).toISOString()}::timestamptz`;
  const bounds = CUSTOMER_SURVEYS.map((survey) => {
    const { classes, goodFrom } = SURVEY_KINDS[survey];
    return sql`(${survey}, ${classes[1].from}::int, ${goodFrom}::int)`;
  });
  const { rows } = await db.execute<AtRisk & Record<string, unknown>>(sql`
    WITH bounds (survey, bad_below, good_from) AS (VALUES ${sql.join(bounds, sql`, `)}),
    answers AS (
      SELECT i.requester_id, i.survey, i.ticket_id, r.invitation_id, r.score, r.answered_at, r.score < b.bad_below AS bad,
        lag(r.score) OVER (PARTITION BY i.requester_id, i.survey ORDER BY r.answered_at, r.invitation_id) >= b.good_from AS was_good,
        count(*) FILTER (WHERE r.score < b.bad_below AND r.answered_at >= ${ago(AT_RISK_DAYS)}) OVER (PARTITION BY i.requester_id) AS bad_answers,
        row_number() OVER (PARTITION BY i.requester_id ORDER BY r.answered_at DESC, r.invitation_id DESC) AS nth
      FROM responses r JOIN invitations i ON i.id = r.invitation_id JOIN bounds b ON b.survey = i.survey
      WHERE r.answered_at >= ${ago(EARLIER_DAYS)} AND i.recipient NOT LIKE 'sha256:%'
        AND ${isPersons(sql`r`)})
    SELECT a.requester_id::float8 AS "requesterId", a.survey, a.score, (extract(epoch FROM a.answered_at) * 1000)::float8 AS "answeredAt",
      a.bad_answers::int AS "badAnswers", coalesce(a.was_good, false) AS "wasGood", coalesce(f.ticket_id, a.ticket_id)::float8 AS "ticketId",
      CASE WHEN f.id IS NULL THEN 'none' WHEN f.ended_at IS NOT NULL THEN 'ended' WHEN f.due_at < ${now.toISOString()} THEN 'overdue' ELSE 'open' END AS "followUp"
    FROM answers a LEFT JOIN follow_up_answers j ON j.invitation_id = a.invitation_id LEFT JOIN follow_ups f ON f.id = j.follow_up_id
    WHERE a.nth = 1 AND a.bad AND a.answered_at >= ${ago(AT_RISK_DAYS)} AND (f.contacted_at > a.answered_at) IS NOT TRUE
    ORDER BY a.bad_answers DESC, coalesce(a.was_good, false) DESC, a.answered_at, a.requester_id`);
  return rows;
}

interface OpenedFollowUps {
  readonly opened: number;
  /** When the first of all was opened, epoch milliseconds; null: there is none. */
  readonly firstAt: number | null;
}

/** Follow-ups opened since then. */
export async function countFollowUps(db: Queryable, since: Date): Promise<OpenedFollowUps> {
  const { rows } = await db.execute<OpenedFollowUps & Record<string, unknown>>(
    sql`SELECT (count(*) FILTER (WHERE opened_at >= ${since.toISOString()}))::int AS opened,
      (extract(epoch FROM min(opened_at)) * 1000)::float8 AS "firstAt" FROM follow_ups`,
  );
  return rows[0] ?? { opened: 0, firstAt: null };
}
