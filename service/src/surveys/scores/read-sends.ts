// Counts by month what surveys sent: mails, reminders, thank-you mails, mails that came back, answers.
import type { SurveyKind } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

export interface SendsOfMonth {
  /** `2026-11`, by the calendar of the time zone. */
  readonly month: string;
  readonly survey: SurveyKind;
  /** Taken by the mail server, also those that came back. */
  readonly mails: number;
  /** In the month of the mail that they follow. */
  readonly reminders: number;
  /** To promoters, in the month in which they were sent. */
  readonly thanks: number;
  readonly returned: number;
  /** Of these mails, whenever the answer came. Of the pulse none: who asks twice would learn when an agent answered. */
  readonly answers: number;
}

/** The oldest month first; only what is still kept. @param timeZone IANA */
export async function readSends(
  db: Queryable,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<SendsOfMonth[]> {
  const monthOf = (at: SQL): SQL => sql`to_char(${at} AT TIME ZONE ${timeZone}::text, 'YYYY-MM')`;
  const isIn = (at: SQL): SQL => sql`${at} >= ${from.toISOString()} AND ${at} < ${to.toISOString()}`;
  const { rows } = await db.execute<SendsOfMonth & Record<string, unknown>>(sql`
    SELECT month, survey, sum(mail)::int AS mails, sum(reminder)::int AS reminders, sum(thanks)::int AS thanks, sum(returned)::int AS returned, sum(answer)::int AS answers
    FROM (SELECT ${monthOf(sql`sent_at`)} AS month, survey, 1 AS mail, (reminder IS NOT DISTINCT FROM 'sent')::int AS reminder, 0 AS thanks,
        (state = 'sent' AND reason IS NOT NULL AND reason IN ('bounced', 'bounced_this_time'))::int AS returned, (state = 'answered' AND survey <> 'pulse')::int AS answer
      FROM invitations WHERE state IN ('sent', 'answered') AND ${isIn(sql`sent_at`)}
      UNION ALL SELECT ${monthOf(sql`at`)}, 'nps', 0, 0, 1, 0, 0 FROM thank_yous WHERE token_hash IS NOT NULL AND ${isIn(sql`at`)}) each
    GROUP BY month, survey ORDER BY month, survey`);
  return rows;
}
