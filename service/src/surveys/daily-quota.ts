// Holds the quota of NPS mails on a day also when mails are late, as after a pause.
import { addDays, localDate, startOfDate } from '@deskwright/shared';
import { and, count, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { MAY_HAVE_REACHED } from './contact-ledger.ts';
import type { SurveyPolicy } from './survey-policy.ts';
import { campaigns, invitations } from './tables.ts';
import type { InvitationRow } from './why-not-send.ts';

/**
 * When `surveys.nps.per_day` lets a campaign's mail be sent: now, or from the beginning of the next day of the policy's calendar on; `never`: its round
 * is over by then. Mails of all campaigns count together. Until the transaction ends nobody else decides it.
 */
export async function whenQuotaAllows(
  tx: Queryable,
  { survey, cause, campaignId }: InvitationRow,
  { surveys: { nps }, time_zone: timeZone }: SurveyPolicy,
  now: Date,
): Promise<Date | 'never'> {
  const perDay = nps?.per_day;
  if (survey !== 'nps' || cause !== 'campaign' || perDay === undefined) return now;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('survey-quota:nps', 0))`);
  const today = localDate(now.getTime(), timeZone);
  const [begins, ends] = [startOfDate(today, timeZone), startOfDate(addDays(today, 1), timeZone)];
  if (begins === null || ends === null) return now;
  const isOfToday = gte(invitations.sentAt, new Date(begins));
  const isOfCampaign = and(eq(invitations.survey, 'nps'), eq(invitations.cause, 'campaign'));
  const [sent] = await tx
    .select({ n: count() })
    .from(invitations)
    .where(and(isOfCampaign, isOfToday, inArray(invitations.state, [...MAY_HAVE_REACHED])));
  if ((sent?.n ?? 0) < perDay) return now;
  const [campaign] = campaignId === null ? [] : await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
  const tomorrow = new Date(ends);
  return campaign && campaign.endsAt <= tomorrow ? 'never' : tomorrow;
}
