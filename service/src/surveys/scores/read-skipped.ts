// Counts by reason who was not surveyed, and which reminders were not sent.
import type { SurveyKind } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { NotSentReason } from '../why-not-send.ts';
import { type SurveyQuery, scopeOf } from './read-survey-cells.ts';

export interface Skipped {
  readonly survey: SurveyKind;
  readonly what: 'survey' | 'reminder';
  readonly cause: 'solve' | 'campaign' | 'request';
  readonly reason: NotSentReason;
  readonly n: number;
}

type SkippedQuery = Pick<SurveyQuery, 'from' | 'to' | 'tier' | 'categories'> & { readonly survey?: SurveyKind };

/** Surveys that were due, and reminders of surveys that were sent, in the period; most first. */
export async function readSkipped(db: Queryable, query: SkippedQuery): Promise<readonly Skipped[]> {
  const { survey, from, to } = query;
  const asked = sql`FROM invitations i LEFT JOIN tickets t ON t.id = i.ticket_id
    WHERE ${survey === undefined ? sql`true` : sql`i.survey = ${survey}`} ${scopeOf(query)}`;
  const { rows } = await db.execute<Skipped & Record<string, unknown>>(sql`
    SELECT survey, what, cause, reason, count(*)::int AS n FROM (
      SELECT i.survey, 'survey' AS what, i.cause, i.reason, i.due_at AS at ${asked} AND i.state = 'cancelled'
      UNION ALL SELECT i.survey, 'reminder', i.cause, i.reminder_reason, i.sent_at ${asked} AND i.reminder = 'skipped') each
    WHERE reason IS NOT NULL AND each.at >= ${from.toISOString()} AND each.at < ${to.toISOString()}
    GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4`);
  return rows;
}
