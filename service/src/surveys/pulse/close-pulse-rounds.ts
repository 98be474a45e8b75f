// Closes expired rounds of the pulse, and deletes answers that can never be shown.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, count, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { doEach } from '../../platform/do-each.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { invitations, pulseAnswers, pulseComments, pulseRounds } from '../tables.ts';

const FEWEST = SURVEY_KINDS.pulse.anonymousUnder;

interface Round {
  readonly campaignId: number;
  readonly round: number;
}

/**
 * A round is closed when no mail of it waits and no link of it is open, and stays closed: what is shown of it never changes, so that nothing
 * can be learnt from a difference. Fewer answers, or comments, than may be shown are deleted. Who answered is forgotten, and so is who was reminded.
 */
export async function closePulseRounds(db: Database, now: Date): Promise<void> {
  const open = await db.select().from(pulseRounds).where(isNull(pulseRounds.closedAt));
  await doEach(open, (round) => db.transaction((tx) => closeRound(tx, round, now)));
}

async function closeRound(tx: Queryable, { campaignId, round }: Round, now: Date): Promise<void> {
  const isIt = and(eq(pulseRounds.campaignId, campaignId), eq(pulseRounds.round, round), isNull(pulseRounds.closedAt));
  if ((await tx.select().from(pulseRounds).where(isIt).for('update')).length === 0) return;
  const ofIt = and(eq(invitations.campaignId, campaignId), eq(invitations.round, round));
  const waits = sql`${invitations.state} IN ('scheduled', 'sending') OR ${invitations.expiresAt} > ${now.toISOString()}`;
  if (
    (
      await tx
        .select({ id: invitations.id })
        .from(invitations)
        .where(and(ofIt, sql`(${waits})`))
        .limit(1)
    ).length > 0
  )
    return;
  const reached = and(ofIt, inArray(invitations.state, ['sent', 'answered', 'parked']));
  const [asked] = await tx.select({ n: count() }).from(invitations).where(reached);
  const answered = await keepEnough(tx, pulseAnswers, { campaignId, round });
  await keepEnough(tx, pulseComments, { campaignId, round });
  await tx
    .update(pulseRounds)
    .set({ closedAt: now, asked: asked?.n ?? 0, answered })
    .where(isIt);
  // All at once, also those without an answer: a reminder, its time or the row's transaction would tell who had answered. Each gets the hash of a
  // second token, because the link to unsubscribe in a reminder works for good.
  const anyHash = sql`coalesce(${invitations.reminderTokenHash}, sha256(convert_to(gen_random_uuid()::text, 'UTF8')))`;
  await tx
    .update(invitations)
    .set({ state: 'sent', reminder: null, reminderReason: null, remindAt: null, reminderTokenHash: anyHash })
    .where(and(ofIt, inArray(invitations.state, ['sent', 'answered'])));
  // A retry would send a link that nobody can answer with.
  await tx
    .update(invitations)
    .set({ state: 'cancelled', reason: 'too_late' })
    .where(and(ofIt, eq(invitations.state, 'parked')));
}

/** Returns how many there were. */
async function keepEnough(
  tx: Queryable,
  table: typeof pulseAnswers | typeof pulseComments,
  { campaignId, round }: Round,
): Promise<number> {
  const ofIt = and(eq(table.campaignId, campaignId), eq(table.round, round));
  const [found] = await tx.select({ n: count() }).from(table).where(ofIt);
  const n = found?.n ?? 0;
  if (n < FEWEST) await tx.delete(table).where(ofIt);
  return n;
}

/** Rounds closed before `before`, with their answers. */
export async function prunePulse(db: Database, before: Date): Promise<void> {
  await db.delete(pulseRounds).where(lt(pulseRounds.closedAt, before));
}
