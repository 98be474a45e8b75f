// Pauses surveys while far more people than usual write for the first time, as in a wave of spam, and stops them by an operator's order.
import { and, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import { CAMPAIGN_RUNS } from './claim-due-invitations.ts';
import { invitations, surveySwitches } from './tables.ts';

const KEY = 'surveys_paused';

/** Nothing is sent until `resumeSurveys`; what is due meanwhile waits. */
export async function pauseSurveys(tx: Queryable, since: Date): Promise<void> {
  await tx
    .insert(settings)
    .values({ key: KEY, value: { sinceMs: since.getTime() } })
    .onConflictDoNothing();
}

/** What fell due during the pause is due now, so that none is too late because of it. What waits in a paused campaign moves when that is resumed. */
export async function resumeSurveys(tx: Queryable, now: Date): Promise<void> {
  const since = await readSurveyPause(tx);
  if (since === null) return;
  await tx
    .update(invitations)
    .set({ dueAt: now })
    .where(
      and(eq(invitations.state, 'scheduled'), gte(invitations.dueAt, since), lt(invitations.dueAt, now), CAMPAIGN_RUNS),
    );
  await tx.execute(sql`DELETE FROM settings WHERE key = ${KEY}`);
}

/** Since when surveys pause; null: they do not. @internal */
export async function readSurveyPause(db: Queryable): Promise<Date | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return row ? new Date((row.value as { sinceMs: number }).sinceMs) : null;
}

/** What an operator did, and why. */
export interface OperatorAction {
  readonly who: string;
  readonly why: string | null;
  readonly now: Date;
}

type Switch = typeof surveySwitches.$inferSelect;

/** Stops all surveys, reminders and thanks, or lets them go on. What is more than three days late by then is not sent. False: so it was already. */
export async function switchSurveys(
  db: Database,
  did: 'stop' | 'resume',
  { now: at, ...by }: OperatorAction,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('survey-switches', 0))`);
    if (((await readSurveyStop(tx)) !== null) === (did === 'stop')) return false;
    await tx.insert(surveySwitches).values({ did, at, ...by });
    return true;
  });
}

/** The stop of all surveys that is in force; null: none is. */
export async function readSurveyStop(db: Queryable): Promise<Switch | null> {
  const ofAll = isNull(surveySwitches.campaignId);
  const [last] = await db.select().from(surveySwitches).where(ofAll).orderBy(desc(surveySwitches.id)).limit(1);
  return last?.did === 'stop' ? last : null;
}

/** What keeps surveys, reminders and thanks from being sent: a clause without full stop; null: nothing here does. */
export async function describeStopOrPause(db: Queryable): Promise<string | null> {
  const stop = await readSurveyStop(db);
  if (stop) {
    const why = stop.why === null ? '' : `: ${stop.why.replace(/[.\s]+$/, '')}`;
    return `${stop.who} stopped all surveys on ${stop.at.toISOString()}${why}`;
  }
  const since = await readSurveyPause(db);
  return since === null
    ? null
    : `surveys have been paused since ${since.toISOString()}: far more people than usual write for the first time, as in a wave of spam`;
}
