// Plans a round of a campaign and stores it: one invitation per candidate, with the reason for those who are excluded.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { readBrands } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import { doEach } from '../../platform/do-each.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { findBrand } from '../brand.ts';
import { isUnsubscribed } from '../is-unsubscribed.ts';
import type { NameOf } from '../names-asked.ts';
import { addPolicyDuration, type SurveyPolicy } from '../survey-policy.ts';
import { campaigns, invitations, pulseRounds } from '../tables.ts';
import { type PlannedAsk, planCampaign } from './plan-campaign.ts';
import { readCandidates } from './read-candidates.ts';

export interface CampaignStart {
  readonly survey: 'nps' | 'pulse';
  readonly policy: SurveyPolicy;
  /** Only these users, and one round; null: everybody, by the policy's conditions, round after round. */
  readonly requesterIds: readonly number[] | null;
  /** Under which they are asked, by its name in Zendesk; null: under the company's name. */
  readonly brand: string | null;
  readonly startsAt: Date;
  readonly now: Date;
  /** Of organizations and forms, for conditions. */
  readonly nameOf: NameOf;
}

export interface CampaignPlan {
  readonly asks: readonly PlannedAsk[];
  readonly endsAt: Date;
}

/**
 * What `startCampaign` would write. Of an anonymous survey everybody is asked or, if they are fewer than may be shown, nobody.
 * @throws Error when the policy does not configure the survey or list the brand, Zendesk has no such brand, or an anonymous one would ask chosen people
 */
export async function previewCampaign(tx: Queryable, start: CampaignStart): Promise<CampaignPlan> {
  const { survey, brand, policy } = start;
  if (brand !== null && survey === 'pulse') throw new Error('A pulse asks your own agents and has no brand.');
  if (brand !== null && !findBrand(policy, brand)) {
    const listed = policy.surveys.brands.map((each) => each.brand).join(', ') || 'none';
    throw new Error(`The policy does not list the brand "${brand}" under surveys.brands; it has: ${listed}.`);
  }
  if (brand !== null && !(await readBrands(tx)).has(brand))
    throw new Error(
      `Zendesk has no brand "${brand}", as far as the service has read: nobody would be surveyed. Check the name in Zendesk and in surveys.brands.`,
    );
  return planRound(tx, start, null);
}

async function planRound(tx: Queryable, start: CampaignStart, campaignId: number | null): Promise<CampaignPlan> {
  const { survey, policy, startsAt, now } = start;
  const fewest = SURVEY_KINDS[survey].anonymousUnder;
  if (fewest !== null && start.requesterIds !== null)
    throw new Error(`A ${survey} is anonymous and asks all agents: a list could single somebody out. Leave out --csv.`);
  const settings = policy.surveys[survey];
  if (!settings) throw new Error(`The policy does not configure surveys.${survey}: add it, with every and expires.`);
  const endsAt = addPolicyDuration(startsAt, settings.every, policy);
  const candidates = await readCandidates(tx, { ...start, campaignId, now });
  const perDay = policy.surveys.nps?.per_day ?? null;
  const time = { survey, policy, startsAt, endsAt, perDay: survey === 'nps' ? perDay : null };
  const asks = planCampaign(candidates, time);
  const isTooSmall = fewest !== null && asks.filter(({ reason }) => reason === null).length < fewest;
  return { asks: isTooSmall ? asks.map(leaveOut) : asks, endsAt };
}

const leaveOut = (ask: PlannedAsk): PlannedAsk => ({ ...ask, reason: ask.reason ?? 'too_few_for_anonymity' });

/** Starts it, beside others of the same survey if there are any; nobody is in two of them. @throws Error as `previewCampaign` */
export async function startCampaign(
  db: Database,
  start: CampaignStart & { who: string; why: string | null },
): Promise<CampaignPlan & { id: number }> {
  const { survey, startsAt, requesterIds, brand, who, why, now } = start;
  return db.transaction(async (tx) => {
    await lockPlanning(tx, survey);
    const plan = await previewCampaign(tx, start);
    const [made] = await tx
      .insert(campaigns)
      .values({
        survey,
        brand,
        startsAt,
        endsAt: plan.endsAt,
        repeats: requesterIds === null,
        who,
        why,
        createdAt: now,
      })
      .returning({ id: campaigns.id });
    if (!made) throw new Error('The campaign was not written.');
    await writePlan(tx, { id: made.id, survey, brand, round: 1, startsAt }, plan.asks, now);
    return { ...plan, id: made.id };
  });
}

/** Plans of one survey are made one after the other, so that each sees whom the others ask. */
async function lockPlanning(tx: Queryable, survey: CampaignStart['survey']): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`campaign:${survey}`}, 0))`);
}

type CampaignRow = typeof campaigns.$inferSelect;

const CHUNK = 2_000;

async function writePlan(
  tx: Queryable,
  {
    id: campaignId,
    survey,
    brand,
    round,
    startsAt,
  }: Pick<CampaignRow, 'id' | 'survey' | 'brand' | 'round' | 'startsAt'>,
  asks: readonly PlannedAsk[],
  now: Date,
): Promise<void> {
  if (survey === 'pulse') await tx.insert(pulseRounds).values({ campaignId, round, startsAt });
  for (let from = 0; from < asks.length; from += CHUNK) {
    await tx.insert(invitations).values(
      asks.slice(from, from + CHUNK).map(({ requesterId, dueAt, reason }) => ({
        cause: 'campaign' as const,
        campaignId,
        round,
        survey,
        brand,
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
export async function renewCampaigns(db: Database, policy: SurveyPolicy, now: Date, nameOf: NameOf): Promise<void> {
  const over = and(eq(campaigns.state, 'running'), lte(campaigns.endsAt, now));
  const due = await db.select({ id: campaigns.id }).from(campaigns).where(over).orderBy(campaigns.id);
  await doEach(due, ({ id }) =>
    db.transaction(async (tx) => {
      const [campaign] = await tx
        .select()
        .from(campaigns)
        .where(and(eq(campaigns.id, id), over))
        .for('update');
      if (campaign) await renew(tx, campaign, { policy, now, nameOf });
    }),
  );
}

async function renew(
  tx: Queryable,
  { id, survey, brand, endsAt, repeats, round }: CampaignRow,
  { policy, now, nameOf }: Pick<CampaignStart, 'policy' | 'now' | 'nameOf'>,
): Promise<void> {
  const endedBecause = await whyEnds(tx, { survey, brand }, policy);
  if (!repeats || endedBecause !== null) {
    await tx
      .update(campaigns)
      .set({ state: 'done', endedBecause: repeats ? endedBecause : null })
      .where(eq(campaigns.id, id));
    return;
  }
  const start = { survey, policy, requesterIds: null, brand, startsAt: endsAt, now, nameOf };
  await lockPlanning(tx, survey);
  const plan = await planRound(tx, start, id);
  const next = { round: round + 1, startsAt: endsAt, endsAt: plan.endsAt };
  await writePlan(tx, { id, survey, brand, ...next }, plan.asks, now);
  await tx.update(campaigns).set(next).where(eq(campaigns.id, id));
}

/** Why nobody can be asked in another round; null: they can. */
async function whyEnds(
  tx: Queryable,
  { survey, brand }: Pick<CampaignRow, 'survey' | 'brand'>,
  policy: SurveyPolicy,
): Promise<CampaignRow['endedBecause']> {
  if (policy.surveys[survey] === undefined) return 'survey_not_configured';
  if (brand === null) return null;
  if (!findBrand(policy, brand)) return 'brand_not_configured';
  return (await readBrands(tx)).has(brand) ? null : 'brand_unknown';
}

/**
 * Schedules one more NPS survey for a customer, under the brand of the last one, as after a call with a detractor; it is paused and stopped with the campaign
 * that asks under that brand. Returns when it is due; one that is due earlier counts. Null: nothing is sent to the customer any more, as after they unsubscribed.
 */
export async function askAgain(
  tx: Queryable,
  { requesterId, dueAt, now }: { requesterId: number; dueAt: Date; now: Date },
): Promise<Date | null> {
  const [person] = await tx.select({ email: people.email }).from(people).where(eq(people.id, requesterId));
  if (await isUnsubscribed(tx, { requesterId, email: person?.email?.trim().toLowerCase() ?? '' })) return null;
  const theirs = and(eq(invitations.requesterId, requesterId), eq(invitations.survey, 'nps'));
  const [waiting] = await tx
    .select({ dueAt: invitations.dueAt })
    .from(invitations)
    .where(and(theirs, inArray(invitations.state, ['scheduled']), lte(invitations.dueAt, dueAt)))
    .orderBy(invitations.dueAt)
    .limit(1);
  if (waiting) return waiting.dueAt;
  const [last] = await tx
    .select({ brand: invitations.brand })
    .from(invitations)
    .where(theirs)
    .orderBy(desc(invitations.id))
    .limit(1);
  const brand = last?.brand ?? null;
  const ofBrand = brand === null ? isNull(campaigns.brand) : eq(campaigns.brand, brand);
  const [campaign] = await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.survey, 'nps'), inArray(campaigns.state, ['running', 'paused']), ofBrand))
    .orderBy(desc(campaigns.id))
    .limit(1);
  const ask = { cause: 'campaign', survey: 'nps', campaignId: campaign?.id ?? null, brand } as const;
  await tx.insert(invitations).values({ ...ask, requesterId, dueAt, createdAt: now });
  return dueAt;
}
