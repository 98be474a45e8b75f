// Plans a round of a campaign and writes it: one invitation for everybody, with the reason for each who is not asked.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { addPolicyDuration, type SurveyPolicy } from '../survey-policy.ts';
import { campaigns, invitations } from '../tables.ts';
import { type PlannedAsk, planCampaign } from './plan-campaign.ts';
import { readCandidates } from './read-candidates.ts';

export interface CampaignStart {
  readonly survey: 'nps' | 'pulse';
  readonly policy: SurveyPolicy;
  /** Only these users, and one round; null: everybody, by the policy's conditions, round after round. */
  readonly requesterIds: readonly number[] | null;
  readonly startsAt: Date;
  readonly now: Date;
}

export interface CampaignPlan {
  readonly asks: readonly PlannedAsk[];
  readonly endsAt: Date;
}

/** Such a survey is not sent: who answers is promised that nobody sees who said what, and answers are stored with their invitation. */
const isAnonymous = (survey: CampaignStart['survey']): boolean => SURVEY_KINDS[survey].anonymousUnder !== null;

/** What `startCampaign` would write. @throws Error when the survey is anonymous or the policy does not configure it */
export const previewCampaign = (tx: Queryable, start: CampaignStart): Promise<CampaignPlan> =>
  planRound(tx, start, { campaignId: null, round: 1 });

async function planRound(
  tx: Queryable,
  start: CampaignStart,
  { campaignId, round }: { campaignId: number | null; round: number },
): Promise<CampaignPlan> {
  const { survey, policy, startsAt, now } = start;
  if (isAnonymous(survey))
    throw new Error(
      `A ${survey} cannot be started yet: its answers are still stored with who gave them. Ask for nps, or ask agents elsewhere.`,
    );
  const settings = policy.surveys[survey];
  if (!settings) throw new Error(`The policy does not configure surveys.${survey}: add it, with every and expires.`);
  const endsAt = addPolicyDuration(startsAt, settings.every, policy);
  const candidates = await readCandidates(tx, { ...start, campaignId, now });
  const perDay = policy.surveys.nps?.per_day ?? null;
  const time = { survey, policy, startsAt, endsAt, round, perDay: survey === 'nps' ? perDay : null };
  return { asks: planCampaign(candidates, time), endsAt };
}

/** Starts it, beside others of the same survey if there are any; nobody is in two of them. @throws Error as `previewCampaign` */
export async function startCampaign(
  db: Database,
  start: CampaignStart & { who: string; why: string | null },
): Promise<CampaignPlan & { id: number }> {
  const { survey, startsAt, requesterIds, who, why, now } = start;
  return db.transaction(async (tx) => {
    await lockPlanning(tx, survey);
    const plan = await previewCampaign(tx, start);
    const [made] = await tx
      .insert(campaigns)
      .values({ survey, startsAt, endsAt: plan.endsAt, repeats: requesterIds === null, who, why, createdAt: now })
      .returning({ id: campaigns.id });
    if (!made) throw new Error('The campaign was not written.');
    await writePlan(tx, made.id, survey, plan.asks, now);
    return { ...plan, id: made.id };
  });
}

/** Plans of one survey are made one after the other, so that each sees whom the others ask. */
async function lockPlanning(tx: Queryable, survey: CampaignStart['survey']): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`campaign:${survey}`}, 0))`);
}

const CHUNK = 2_000;

async function writePlan(
  tx: Queryable,
  campaignId: number,
  survey: 'nps' | 'pulse',
  asks: readonly PlannedAsk[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < asks.length; from += CHUNK) {
    await tx.insert(invitations).values(
      asks.slice(from, from + CHUNK).map(({ requesterId, dueAt, reason }) => ({
        cause: 'campaign' as const,
        campaignId,
        survey,
        requesterId,
        dueAt,
        state: reason === null ? ('scheduled' as const) : ('cancelled' as const),
        reason,
        createdAt: now,
      })),
    );
  }
}

/** Begins the next round of each campaign whose round is over, with those who belong to it by now; one with a list of its own is done. */
export async function renewCampaigns(db: Database, policy: SurveyPolicy, now: Date): Promise<void> {
  const over = and(eq(campaigns.state, 'running'), lte(campaigns.endsAt, now));
  if ((await db.select({ id: campaigns.id }).from(campaigns).where(over).limit(1)).length === 0) return;
  await db.transaction(async (tx) => {
    for (const { id, survey, endsAt, repeats, round } of await tx.select().from(campaigns).where(over).for('update')) {
      if (!repeats || policy.surveys[survey] === undefined || isAnonymous(survey)) {
        await tx.update(campaigns).set({ state: 'done' }).where(eq(campaigns.id, id));
        continue;
      }
      const start = { survey, policy, requesterIds: null, startsAt: endsAt, now };
      await lockPlanning(tx, survey);
      const plan = await planRound(tx, start, { campaignId: id, round: round + 1 });
      await writePlan(tx, id, survey, plan.asks, now);
      const next = { round: round + 1, startsAt: endsAt, endsAt: plan.endsAt };
      await tx.update(campaigns).set(next).where(eq(campaigns.id, id));
    }
  });
}

/** Schedules one more NPS survey for a customer, as after a call with a detractor. Returns when it is due; one that is due earlier counts. */
export async function askAgain(
  tx: Queryable,
  { requesterId, dueAt, now }: { requesterId: number; dueAt: Date; now: Date },
): Promise<Date> {
  const theirs = and(eq(invitations.requesterId, requesterId), eq(invitations.survey, 'nps'));
  const [waiting] = await tx
    .select({ dueAt: invitations.dueAt })
    .from(invitations)
    .where(and(theirs, inArray(invitations.state, ['scheduled']), lte(invitations.dueAt, dueAt)))
    .orderBy(invitations.dueAt)
    .limit(1);
  if (waiting) return waiting.dueAt;
  await tx.insert(invitations).values({ cause: 'campaign', survey: 'nps', requesterId, dueAt, createdAt: now });
  return dueAt;
}
