// Pauses surveys while far more people than usual write for the first time, as in a wave of spam.
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import { CAMPAIGN_RUNS } from './claim-due-invitations.ts';
import { invitations } from './tables.ts';

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

/** Since when surveys pause; null: they do not. */
export async function readSurveyPause(db: Queryable): Promise<Date | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return row ? new Date((row.value as { sinceMs: number }).sinceMs) : null;
}

/** A clause without full stop. */
export const describeSurveyPause = (since: Date): string =>
  `surveys pause since ${since.toISOString()}: far more people than usual write for the first time, as in a wave of spam`;
