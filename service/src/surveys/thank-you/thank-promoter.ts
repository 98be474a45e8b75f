// Records that a promoter is to be thanked by mail: once an answer, and not too often.
import { classOfScore } from '@deskwright/shared';
import { and, eq, gt, sql } from 'drizzle-orm';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { isByPerson } from '../answers/is-by-person.ts';
import type { Settled } from '../answers/settle-answer.ts';
import { addPolicyDuration, type SurveyPolicy } from '../survey-policy.ts';
import type { InvitationRow } from '../why-not-send.ts';
import { thankYous } from './tables.ts';
import { THANK_YOU_MAIL } from './thank-you-mail.ts';

/** In the transaction that settles the answer. Nothing is recorded without `surveys.nps.thank_you`, and for an answer that may be a machine's. */
export async function thankPromoter(
  tx: Queryable,
  { id, survey, requesterId }: InvitationRow,
  { answer }: Settled,
  policy: SurveyPolicy,
  now: Date,
): Promise<void> {
  const rule = policy.surveys.nps?.thank_you;
  if (!rule || survey !== 'nps' || answer === null || classOfScore(survey, answer.score) !== 'promoter') return;
  if (!(await isByPerson(tx, answer))) return;
  // Two answers of one customer at once: the second sees the first one's thanks.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`thank-you:${requesterId}`}, 0))`);
  if (await wasThanked(tx, requesterId, rule.at_most_every, policy, now)) return;
  const thanked = await tx.insert(thankYous).values({ id, requesterId, at: now }).onConflictDoNothing().returning();
  if (thanked.length === 0) return;
  const key = `thank-you:${id}:${answer.revision}`;
  await recordEffect(tx, THANK_YOU_MAIL, { key, subjectId: null, payload: { invitationId: id } });
}

async function wasThanked(
  tx: Queryable,
  requesterId: number,
  every: string,
  policy: SurveyPolicy,
  now: Date,
): Promise<boolean> {
  // Durations are at most a year.
  const since = new Date(now.getTime() - 400 * 86_400_000);
  const earlier = await tx
    .select({ at: thankYous.at })
    .from(thankYous)
    .where(and(eq(thankYous.requesterId, requesterId), gt(thankYous.at, since)));
  return earlier.some(({ at }) => addPolicyDuration(at, every, policy) > now);
}
