// Claims due surveys for this process to send, and dead-letters those whose process died.
import { and, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { ticketInScope } from '../tickets/index.ts';
import { invitations } from './tables.ts';

/** For `WHERE`: of no campaign, or of one that runs: a pause and a stop hold from the moment on at which they are written. */
export const CAMPAIGN_RUNS = sql`(${invitations.campaignId} IS NULL OR EXISTS (
  SELECT FROM campaigns c WHERE c.id = ${invitations.campaignId} AND c.state IN ('running', 'done')))`;

/** For `WHERE`: no operator has stopped all surveys. */
const NOT_STOPPED = sql`coalesce((SELECT s.did <> 'stop' FROM survey_switches s WHERE s.campaign_id IS NULL ORDER BY s.id DESC LIMIT 1), true)`;

/** For `WHERE`: Deskwright acts on the invitation's ticket, or on all when it has none; nothing is sent while it only watches, surveys are stopped or the campaign is paused. */
export const IS_COVERED = sql`((SELECT a.mode = 'act' AND (a.scope = 'all' OR ${ticketInScope(sql`${invitations.ticketId}`)}) FROM acting() a) AND ${NOT_STOPPED} AND ${CAMPAIGN_RUNS})`;

/**
 * Ends due surveys of tickets that a limited activation (new tickets, one group) does not cover. While Deskwright only watches they stay, so that an
 * activation sends those that are not too late.
 */
export async function endUncoveredInvitations(db: Database, now: Date): Promise<void> {
  const isOutside = sql`(SELECT a.mode = 'act' AND a.scope <> 'all' AND NOT ${ticketInScope(sql`${invitations.ticketId}`)} FROM acting() a)`;
  await db
    .update(invitations)
    .set({ state: 'cancelled', reason: 'not_activated', claimedUntil: null })
    .where(
      and(
        eq(invitations.state, 'scheduled'),
        lte(invitations.dueAt, now),
        or(isNull(invitations.claimedUntil), lte(invitations.claimedUntil, now)),
        isOutside,
      ),
    );
}

const LEASE_MS = 5 * 60_000;

/** Identifies one claim of one invitation: a later claim of it has a later lease. */
export interface InvitationClaim {
  id: number;
  claimedUntil: Date;
}

/** For `WHERE`: still scheduled, and not claimed again since. */
export const isStillOurs = ({ id, claimedUntil }: InvitationClaim): SQL | undefined =>
  and(eq(invitations.id, id), eq(invitations.state, 'scheduled'), eq(invitations.claimedUntil, claimedUntil));

/**
 * Claims up to `limit` due invitations that no other process holds, oldest first, for five minutes: if this process crashes,
 * another one claims them after that.
 */
export async function claimDueInvitations(db: Database, now: Date, limit: number): Promise<InvitationClaim[]> {
  const due = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.state, 'scheduled'),
        lte(invitations.dueAt, now),
        IS_COVERED,
        or(isNull(invitations.claimedUntil), lte(invitations.claimedUntil, now)),
      ),
    )
    // By the index alone: sorting those due at the same moment, too, would read all of them for each batch.
    .orderBy(invitations.dueAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  const claimedUntil = new Date(now.getTime() + LEASE_MS);
  const claimed = await db
    .update(invitations)
    .set({ claimedUntil })
    .where(inArray(invitations.id, due))
    .returning({ id: invitations.id });
  return claimed.map(({ id }) => ({ id, claimedUntil }));
}

/** Releases claims that were not started. */
export async function releaseInvitations(db: Database, claims: readonly InvitationClaim[]): Promise<void> {
  if (claims.length === 0) return;
  await db
    .update(invitations)
    .set({ claimedUntil: null })
    .where(or(...claims.map(isStillOurs)));
}

/**
 * The server may or may not have the mail, and SMTP offers no way to find out. Because we never send a survey twice, it is dead-lettered
 * for an operator, who can search the mail log for its Message-ID. If the mail did arrive, its link works. Returns how many.
 */
export async function deadLetterAbandonedInvitations(db: Database, now: Date): Promise<number> {
  const failed = await db
    .update(invitations)
    .set({
      state: 'parked',
      reason: 'mail_in_doubt',
      detail: 'The process ended while it was handing the mail over.',
      claimedUntil: null,
    })
    .where(and(eq(invitations.state, 'sending'), lte(invitations.claimedUntil, now)))
    .returning({ id: invitations.id });
  return failed.length;
}
