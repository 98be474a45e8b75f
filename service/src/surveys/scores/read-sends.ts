// Counts by month what surveys sent: mails, reminders, mails that came back, answers.
import type { SurveyKind } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

export interface SendsOfMonth {
  /** `2026-11`, by the calendar of the time zone. */
  readonly month: string;
  readonly survey: SurveyKind;
  /** Taken by the mail server, also those that came back. */
  readonly mails: number;
  /** In the month of the mail that they follow. */
  readonly reminders: number;
  readonly returned: number;
  /** Of these mails, whenever the answer came. */
  readonly answers: number;
}

/** The oldest month first; only what is still kept. @param timeZone IANA */
export async function readSends(
  db: Queryable,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<SendsOfMonth[]> {
  const { rows } = await db.execute<SendsOfMonth & Record<string, unknown>>(sql`
    SELECT to_char(month, 'YYYY-MM') AS month, survey, count(*)::int AS mails, (count(*) FILTER (WHERE reminder = 'sent'))::int AS reminders,
      (count(*) FILTER (WHERE state = 'sent' AND reason IN ('bounced', 'bounced_this_time')))::int AS returned, (count(*) FILTER (WHERE state = 'answered'))::int AS answers
    FROM (SELECT date_trunc('month', sent_at AT TIME ZONE ${timeZone}::text) AS month, survey, reminder, state, reason FROM invitations
      WHERE state IN ('sent', 'answered') AND sent_at >= ${from.toISOString()} AND sent_at < ${to.toISOString()}) each
    GROUP BY each.month, survey ORDER BY each.month, survey`);
  return rows;
}
