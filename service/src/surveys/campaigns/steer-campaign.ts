// Pauses, resumes and stops campaigns, and reads their progress.
import { and, count, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { OperatorAction } from '../pause.ts';
import { campaigns, invitations, surveySwitches } from '../tables.ts';

type CampaignRow = typeof campaigns.$inferSelect;

export interface CampaignStatus extends CampaignRow {
  /** How many invitations are in each state, with the reason of those that ended without a mail. */
  readonly counts: readonly { readonly state: string; readonly reason: string | null; readonly n: number }[];
  /** When the next mail is due; null: none is. */
  readonly nextDueAt: Date | null;
  /** Who stopped, paused or resumed it last; null: nobody. */
  readonly switched: typeof surveySwitches.$inferSelect | null;
}

/** One campaign by its id, or all of a survey. */
export type WhichCampaigns = number | CampaignRow['survey'];

const isOneOf = (which: WhichCampaigns): SQL =>
  typeof which === 'number' ? eq(campaigns.id, which) : eq(campaigns.survey, which);

/** Under way in one of these states, or done while mails or reminders of it still wait. */
const isUnderWay = (...states: CampaignRow['state'][]): SQL =>
  sql`(${inArray(campaigns.state, states)} OR (${campaigns.state} = 'done' AND EXISTS (SELECT FROM invitations i
    WHERE i.campaign_id = ${campaigns.id} AND (i.state = 'scheduled' OR (i.state = 'sent' AND i.remind_at IS NOT NULL)))))`;

/** Nothing more is sent until they are resumed. A mail that is being handed over at this moment is sent. Returns the ids of those that ran. */
export async function pauseCampaigns(db: Database, which: WhichCampaigns, action: OperatorAction): Promise<number[]> {
  return db.transaction(async (tx) => {
    const paused = await tx
      .update(campaigns)
      .set({ state: 'paused', pausedAt: action.now })
      .where(and(isOneOf(which), isUnderWay('running')))
      .returning({ id: campaigns.id });
    return recordSwitches(tx, paused, 'pause', action);
  });
}

/** Returns the ids. */
async function recordSwitches(
  tx: Queryable,
  changed: readonly { readonly id: number }[],
  did: 'stop' | 'pause' | 'resume',
  { who, why, now: at }: OperatorAction,
): Promise<number[]> {
  const ids = changed.map(({ id }) => id);
  if (ids.length > 0)
    await tx.insert(surveySwitches).values(ids.map((campaignId) => ({ campaignId, did, at, who, why })));
  return ids;
}

/** What waits, and the end of the round, move by the time of the pause, so that the mails stay as far apart as planned. Returns the ids of those that were paused. */
export async function resumeCampaigns(db: Database, which: WhichCampaigns, action: OperatorAction): Promise<number[]> {
  const { now } = action;
  return db.transaction(async (tx) => {
    const isPaused = and(isOneOf(which), eq(campaigns.state, 'paused'));
    const resumed = await tx.select().from(campaigns).where(isPaused).orderBy(campaigns.id).for('update');
    for (const { id, pausedAt, endsAt, endedBecause } of resumed) {
      const pause = now.getTime() - (pausedAt ?? now).getTime();
      await tx
        .update(invitations)
        .set({ dueAt: sql`${invitations.dueAt} + ${`${pause} milliseconds`}::interval` })
        .where(and(eq(invitations.campaignId, id), eq(invitations.state, 'scheduled')));
      await tx
        .update(campaigns)
        .set({
          state: endedBecause === null ? 'running' : 'done',
          pausedAt: null,
          endsAt: new Date(endsAt.getTime() + pause),
        })
        .where(eq(campaigns.id, id));
    }
    return recordSwitches(tx, resumed, 'resume', action);
  });
}

/**
 * Ends them for good: mails and reminders that were not sent are cancelled; of a whole survey also those to people who are asked again outside a
 * campaign. Returns the ids of those that were under way, and how many mails were cancelled.
 */
export async function stopCampaigns(
  db: Database,
  which: WhichCampaigns,
  action: OperatorAction,
): Promise<{ ids: number[]; cancelled: number }> {
  return db.transaction(async (tx) => {
    const stopped = await tx
      .update(campaigns)
      .set({ state: 'stopped', pausedAt: null })
      .where(and(isOneOf(which), isUnderWay('running', 'paused')))
      .returning({ id: campaigns.id });
    const ids = await recordSwitches(tx, stopped, 'stop', action);
    const isTheirs =
      typeof which === 'number'
        ? inArray(invitations.campaignId, ids)
        : and(eq(invitations.cause, 'campaign'), eq(invitations.survey, which));
    const cancelled = await tx
      .update(invitations)
      .set({ state: 'cancelled', reason: 'campaign_stopped', claimedUntil: null, remindAt: null })
      .where(and(isTheirs, eq(invitations.state, 'scheduled')))
      .returning({ id: invitations.id });
    await tx
      .update(invitations)
      .set({ remindAt: null, reminder: 'skipped', reminderReason: 'campaign_stopped' })
      .where(and(isTheirs, eq(invitations.state, 'sent'), isNotNull(invitations.remindAt)));
    return { ids, cancelled: cancelled.length };
  });
}

/** Who asks twice would learn when an agent answered the anonymous pulse: its answers show as sent mails until the round's results do. */
const shownState = sql<typeof invitations.$inferSelect.state>`
  CASE WHEN ${invitations.survey} = 'pulse' AND ${invitations.state} = 'answered' THEN 'sent' ELSE ${invitations.state} END`;

/** Newest first, at most ten. */
export async function listCampaigns(db: Queryable): Promise<CampaignStatus[]> {
  const rows = await db.select().from(campaigns).orderBy(desc(campaigns.id)).limit(10);
  const result: CampaignStatus[] = [];
  for (const row of rows) {
    const ofIt = eq(invitations.campaignId, row.id);
    const counts = await db
      .select({ state: shownState, reason: invitations.reason, n: count() })
      .from(invitations)
      .where(ofIt)
      .groupBy(sql`1`, invitations.reason)
      .orderBy(sql`1`, invitations.reason);
    const [next] = await db
      .select({ at: invitations.dueAt })
      .from(invitations)
      .where(and(ofIt, eq(invitations.state, 'scheduled')))
      .orderBy(invitations.dueAt)
      .limit(1);
    const [switched = null] = await db
      .select()
      .from(surveySwitches)
      .where(eq(surveySwitches.campaignId, row.id))
      .orderBy(desc(surveySwitches.id))
      .limit(1);
    result.push({ ...row, counts, nextDueAt: next?.at ?? null, switched });
  }
  return result;
}
