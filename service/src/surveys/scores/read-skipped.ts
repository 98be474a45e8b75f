// Counts by reason who was not surveyed, and which reminders were not sent.
import type { SurveyKind } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { NotSentReason } from '../why-not-send.ts';

interface Skipped {
  readonly survey: SurveyKind;
  readonly what: 'survey' | 'reminder';
  readonly cause: 'solve' | 'campaign' | 'request';
  readonly reason: NotSentReason;
  readonly n: number;
}

/** Surveys that were due, and reminders of surveys that were sent, in the period; most first. */
export async function readSkipped(db: Queryable, { from, to }: { from: Date; to: Date }): Promise<readonly Skipped[]> {
  const period = sql`>= ${from.toISOString()} AND each.at < ${to.toISOString()}`;
  const { rows } = await db.execute<Skipped & Record<string, unknown>>(sql`
    SELECT survey, what, cause, reason, count(*)::int AS n FROM (
      SELECT survey, 'survey' AS what, cause, reason, due_at AS at FROM invitations WHERE state = 'cancelled'
      UNION ALL SELECT survey, 'reminder', cause, reminder_reason, sent_at FROM invitations WHERE reminder = 'skipped') each
    WHERE reason IS NOT NULL AND each.at ${period} GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4`);
  return rows;
}
