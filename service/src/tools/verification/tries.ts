// Counts how often a customer was wrong, and locks after too often: on whatever ticket, by whatever method.
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { verificationChallenges, verifications } from './tables.ts';

const MOST_WRONG = 3;
const DAY_MS = 86_400_000;

/** Tries of one customer run one after the other, on all their tickets. */
export async function lockCustomer(tx: Queryable, requesterId: number): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`verification:${requesterId}`}, 0))`);
}

/** Null: it is not locked. */
export async function lockedUntil(tx: Queryable, requesterId: number, now: Date): Promise<Date | null> {
  const { outcome, expiresAt } = verifications;
  const [found] = await tx
    .select({ until: expiresAt })
    .from(verifications)
    .where(and(eq(verifications.requesterId, requesterId), eq(outcome, 'locked'), gt(expiresAt, now)))
    .orderBy(desc(expiresAt))
    .limit(1);
  return found?.until ?? null;
}

/** Since they were last verified or locked, within a day. @returns 0: no more */
export async function triesLeft(tx: Queryable, requesterId: number, now: Date): Promise<number> {
  const { wrong, askedAt } = verificationChallenges;
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  const [found] = await tx
    .select({ wrong: sql<number>`coalesce(sum(${wrong}), 0)::int` })
    .from(verificationChallenges)
    .where(
      and(
        eq(verificationChallenges.requesterId, requesterId),
        sql`${askedAt} > greatest(${since}::timestamptz,
          (SELECT max(v.at) FROM ${verifications} v WHERE v.requester_id = ${requesterId}))`,
      ),
    );
  return Math.max(0, MOST_WRONG - (found?.wrong ?? 0));
}

export async function countWrong(tx: Queryable, challengeId: number): Promise<void> {
  await tx
    .update(verificationChallenges)
    .set({ wrong: sql`${verificationChallenges.wrong} + 1` })
    .where(eq(verificationChallenges.id, challengeId));
}

/** None of the customer's codes works any more. */
export async function endCodes(tx: Queryable, requesterId: number): Promise<void> {
  const { state } = verificationChallenges;
  await tx
    .update(verificationChallenges)
    .set({ state: 'ended', salt: null, hash: null })
    .where(and(eq(verificationChallenges.requesterId, requesterId), inArray(state, ['asked', 'sent'])));
}
