// Finds what unhappy customers have in common, and scores of surveys that fall.
import { SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { USUAL_LEVEL } from '../../figures/changes.ts';
import { changeOfSurvey } from '../../figures/survey-changes.ts';
import { scoreSurvey } from '../../figures/survey-scores.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { CUSTOMER_SURVEYS } from '../../surveys/index.ts';
import type { AlarmContext, Finding } from './finding.ts';

const DAY_MS = 86_400_000;

/** `n`: customers whose answer became a bad one within the day, whatever the survey; each counts once. */
export async function findNamedDrivers(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  const limit = inForce.policy.alarms.driver_named_by;
  if (limit === 0) return [];
  const since = new Date(now.getTime() - DAY_MS);
  const { rows } = await db.execute<{ driver: string; n: number; newest: string | null }>(sql`
    SELECT d.driver, count(DISTINCT i.requester_id)::int AS n,
      (array_agg(i.ticket_id ORDER BY r.changed_at DESC) FILTER (WHERE i.ticket_id IS NOT NULL))[1] AS newest
    FROM responses r JOIN invitations i ON i.id = r.invitation_id
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(r.drivers || r.drivers_in_words) AS driver) d
    WHERE r.changed_at > ${since.toISOString()} AND r.answered_at <= ${now.toISOString()} AND ${isUnhappy(sql`r.score`)}
      AND (r.answered_at > ${since.toISOString()} OR NOT EXISTS (SELECT 1 FROM survey_submissions s
        WHERE s.invitation_id = r.invitation_id AND s.at <= ${since.toISOString()} AND s.verdict <> 'machine' AND ${isUnhappy(sql`s.score`)}))
    GROUP BY d.driver ORDER BY n DESC, d.driver`);
  return rows
    .filter(({ driver, n }) => n >= (isOn('driver_named', driver) ? Math.max(1, limit - 1) : limit))
    .map(({ driver, n, newest }) => ({
      kind: 'driver_named',
      about: driver,
      n,
      usual: limit,
      since: null,
      ticketId: newest === null ? null : Number(newest),
    }));
}

/** In the lowest class of the survey of invitation `i`. */
function isUnhappy(score: SQL): SQL {
  const ofSurvey = CUSTOMER_SURVEYS.map(
    (survey) => sql`(i.survey = ${survey} AND ${score} < ${SURVEY_KINDS[survey].classes[1].from})`,
  );
  return sql`(${sql.join(ofSurvey, sql` OR `)})`;
}

/** First given then. Answers change only after they were given, and there is an index on the change. */
const between = (from: Date, to: Date): SQL =>
  sql`r.changed_at > ${from.toISOString()} AND r.answered_at > ${from.toISOString()} AND r.answered_at <= ${to.toISOString()}`;

const RECENT_MS = 7 * DAY_MS;
const BEFORE_MS = 28 * DAY_MS;
/** How often chance may bring the fall that an alarm begins with. It is judged every minute, for which the usual once in twenty is far too often. */
const BEGINS_BELOW = 0.001;

/** `n`: answers of the last 7 days, which are compared with the 28 days before. */
export async function findScoreFalls(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  if (!inForce.policy.alarms.score_falls) return [];
  const recentFrom = new Date(now.getTime() - RECENT_MS);
  const from = new Date(recentFrom.getTime() - BEFORE_MS);
  const { rows } = await db.execute<{ survey: string; recent: boolean; value: number; n: number }>(sql`
    SELECT i.survey, r.answered_at > ${recentFrom.toISOString()} AS recent, r.score AS value, count(*)::int AS n
    FROM responses r JOIN invitations i ON i.id = r.invitation_id WHERE ${between(from, now)} GROUP BY 1, 2, 3`);
  return CUSTOMER_SURVEYS.flatMap((survey): Finding[] => {
    const of = (recent: boolean) => rows.filter((row) => row.survey === survey && row.recent === recent);
    const [before, after] = [of(false), of(true)];
    const level = isOn('score_fall', survey) ? USUAL_LEVEL : BEGINS_BELOW;
    if (changeOfSurvey(survey, before, after, level) !== 'down') return [];
    const [was, is] = [scoreSurvey(survey, before), scoreSurvey(survey, after)];
    const fall = { before: was.score ?? 0, now: is.score ?? 0, answersBefore: was.n };
    return [{ kind: 'score_fall', about: survey, n: is.n, usual: fall.before, fall, since: null, ticketId: null }];
  });
}
