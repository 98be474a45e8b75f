// Stores an agent's answer to the pulse without who gave it.
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { findSurvey } from '../survey-links.ts';
import { invitations, pulseRounds } from '../tables.ts';

export interface PulseAnswer {
  readonly tokenHash: Buffer;
  /** Within the scale. */
  readonly score: number;
  /** Empty: none. */
  readonly comment: string;
  readonly now: Date;
}

/** `answered`: the link was used before; nothing was written, as when it is `closed` or unknown. */
export type PulseRecorded = 'recorded' | 'answered' | 'closed';

/**
 * In one transaction the invitation is marked as answered, without a time, and all answers of its round are written anew in random order: in
 * the table they look as if they had been given at once, so that neither order nor transaction number (`xmin`) tells which came with which mark.
 */
export async function recordPulseAnswer(
  db: Database,
  { tokenHash, score, comment, now }: PulseAnswer,
): Promise<PulseRecorded> {
  return db.transaction<PulseRecorded>(async (tx) => {
    const found = await findSurvey(tx, tokenHash, now);
    if (found.state !== 'open') return 'closed';
    const { campaignId, round } = found.invitation;
    if (campaignId === null || round === null || !(await lockOpenRound(tx, campaignId, round))) return 'closed';
    // The round is locked first by everybody, so that nobody waits in a circle.
    const survey = await findSurvey(tx, tokenHash, now, { lock: true });
    if (survey.state !== 'open') return 'closed';
    if (survey.invitation.state === 'answered') return 'answered';
    await tx
      .update(invitations)
      .set({ state: 'answered', reason: null, detail: null, claimedUntil: null, remindAt: null })
      .where(eq(invitations.id, survey.invitation.id));
    await tx.execute(sql`
      WITH before AS (DELETE FROM pulse_answers WHERE campaign_id = ${campaignId} AND round = ${round} RETURNING score)
      INSERT INTO pulse_answers (campaign_id, round, score)
      SELECT ${campaignId}::bigint, ${round}::integer, score FROM (SELECT score FROM before UNION ALL SELECT ${score}::integer) a
      ORDER BY gen_random_uuid()`);
    await tx.execute(sql`
      WITH before AS (DELETE FROM pulse_comments WHERE campaign_id = ${campaignId} AND round = ${round} RETURNING comment)
      INSERT INTO pulse_comments (campaign_id, round, comment)
      SELECT ${campaignId}::bigint, ${round}::integer, comment FROM (SELECT comment FROM before UNION ALL SELECT ${comment}::text) c
      WHERE comment <> '' ORDER BY gen_random_uuid()`);
    return 'recorded';
  });
}

async function lockOpenRound(tx: Queryable, campaignId: number, round: number): Promise<boolean> {
  const isIt = and(eq(pulseRounds.campaignId, campaignId), eq(pulseRounds.round, round), isNull(pulseRounds.closedAt));
  return (await tx.select().from(pulseRounds).where(isIt).for('update')).length > 0;
}
