// Pauses, resumes and stops campaigns, and says how far they are.
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { campaigns, invitations } from '../tables.ts';

type CampaignRow = typeof campaigns.$inferSelect;

export interface CampaignStatus extends CampaignRow {
  /** How many invitations are in each state, with the reason of those that ended without a mail. */
  readonly counts: readonly { readonly state: string; readonly reason: string | null; readonly n: number }[];
  /** When the next mail is due; null: none is. */
  readonly nextDueAt: Date | null;
}

/** Nothing more is sent until it is resumed. A mail that is being handed over at this moment is sent. False: it does not run. */
export async function pauseCampaign(db: Database, survey: CampaignRow['survey'], now: Date): Promise<boolean> {
  const paused = await db
    .update(campaigns)
    .set({ state: 'paused', pausedAt: now })
    .where(and(eq(campaigns.survey, survey), eq(campaigns.state, 'running')))
    .returning({ id: campaigns.id });
  return paused.length > 0;
}

/** What waits, and the end of the round, move by the time of the pause, so that the mails stay as far apart as planned. False: it is not paused. */
export async function resumeCampaign(db: Database, survey: CampaignRow['survey'], now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isPaused = and(eq(campaigns.survey, survey), eq(campaigns.state, 'paused'));
    const [campaign] = await tx.select().from(campaigns).where(isPaused).for('update');
    if (!campaign?.pausedAt) return false;
    const { id, pausedAt, endsAt } = campaign;
    const pause = now.getTime() - pausedAt.getTime();
    await tx
      .update(invitations)
      .set({ dueAt: sql`${invitations.dueAt} + ${`${pause} milliseconds`}::interval` })
      .where(and(eq(invitations.campaignId, id), eq(invitations.state, 'scheduled')));
    await tx
      .update(campaigns)
      .set({ state: 'running', pausedAt: null, endsAt: new Date(endsAt.getTime() + pause) })
      .where(eq(campaigns.id, id));
    return true;
  });
}

/** Ends it for good: what was not sent is cancelled. Returns how many mails that were; null: none was under way. */
export async function stopCampaign(db: Database, survey: CampaignRow['survey']): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [stopped] = await tx
      .update(campaigns)
      .set({ state: 'stopped', pausedAt: null })
      .where(and(eq(campaigns.survey, survey), inArray(campaigns.state, ['running', 'paused'])))
      .returning({ id: campaigns.id });
    if (!stopped) return null;
    const cancelled = await tx
      .update(invitations)
      .set({ state: 'cancelled', reason: 'campaign_stopped', claimedUntil: null, remindAt: null })
      .where(and(eq(invitations.campaignId, stopped.id), eq(invitations.state, 'scheduled')))
      .returning({ id: invitations.id });
    await tx.update(invitations).set({ remindAt: null }).where(eq(invitations.campaignId, stopped.id));
    return cancelled.length;
  });
}

/** Newest first, at most ten. */
export async function listCampaigns(db: Queryable): Promise<CampaignStatus[]> {
  const rows = await db.select().from(campaigns).orderBy(desc(campaigns.id)).limit(10);
  const result: CampaignStatus[] = [];
  for (const row of rows) {
    const ofIt = eq(invitations.campaignId, row.id);
    const counts = await db
      .select({ state: invitations.state, reason: invitations.reason, n: count() })
      .from(invitations)
      .where(ofIt)
      .groupBy(invitations.state, invitations.reason)
      .orderBy(invitations.state, invitations.reason);
    const [next] = await db
      .select({ at: invitations.dueAt })
      .from(invitations)
      .where(and(ofIt, eq(invitations.state, 'scheduled')))
      .orderBy(invitations.dueAt)
      .limit(1);
    result.push({ ...row, counts, nextDueAt: next?.at ?? null });
  }
  return result;
}
