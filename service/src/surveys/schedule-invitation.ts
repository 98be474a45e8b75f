// Schedules the survey of a solved ticket, and cancels it.
import type { Policy, SolveSurvey } from '@deskwright/shared';
import { and, between, eq, sql } from 'drizzle-orm';
import { actsFor } from '../decide/share.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { isFinished, type TicketChange, type TicketHook } from '../tickets/index.ts';
import { isFollowUpTicket } from './follow-ups/follow-up-hook.ts';
import { addPolicyDuration, isInSample, isTooLate, type SurveyPolicy } from './survey-policy.ts';
import { invitations } from './tables.ts';
import type { CancelReason } from './why-not-send.ts';

/** @internal */
export interface Solve {
  ticketId: number;
  solvedAt: Date;
  survey: SolveSurvey;
  category: string;
  requesterId: number;
  /** Who solved it, if known. */
  agentId: number | null;
  policy: SurveyPolicy;
  now: Date;
  /** For demos: due this long after `now`, in place of the policy's delay. */
  delayOverrideMs?: number | undefined;
}

type ScheduleOutcome =
  | { outcome: 'scheduled'; invitationId: number; dueAt: Date }
  | { outcome: 'not_asked'; invitationId: number; reason: CancelReason }
  /** This solve already has its invitation. */
  | { outcome: 'already_there' };

/**
 * Writes one invitation for a solve, inside the caller's transaction. One that will not be sent is written too, with
 * its reason. A solve reported twice, by an event and by the export, counts once: the two timestamps differ by less than a
 * second, and a ticket with a scheduled invitation was not reopened in between.
 * @internal
 */
export async function scheduleInvitation(tx: Queryable, solve: Solve): Promise<ScheduleOutcome> {
  if (await hasScheduled(tx, solve.ticketId)) return { outcome: 'already_there' };
  const settings = solve.policy.surveys[solve.survey];
  const dueAt =
    solve.delayOverrideMs !== undefined
      ? new Date(solve.now.getTime() + solve.delayOverrideMs)
      : addPolicyDuration(solve.solvedAt, settings?.delay ?? '0m', solve.policy);
  const isFollowUp = await isFollowUpTicket(tx, solve.ticketId);
  const reason = isFollowUp ? 'follow_up' : whyNotAsked(solve, settings?.sample, dueAt);
  const [row] = await tx
    .insert(invitations)
    .values({
      ticketId: solve.ticketId,
      solvedAt: wholeSecond(solve.solvedAt),
      survey: solve.survey,
      category: solve.category,
      requesterId: solve.requesterId,
      agentId: solve.agentId,
      state: reason ? 'cancelled' : 'scheduled',
      reason,
      dueAt,
      createdAt: solve.now,
    })
    .onConflictDoNothing({ target: [invitations.ticketId, invitations.solvedAt] })
    .returning({ id: invitations.id });
  if (!row) return { outcome: 'already_there' };
  return reason
    ? { outcome: 'not_asked', invitationId: row.id, reason }
    : { outcome: 'scheduled', invitationId: row.id, dueAt };
}

function whyNotAsked(solve: Solve, sample: string | undefined, dueAt: Date): CancelReason | null {
  const { survey, requesterId, now } = solve;
  if (sample === undefined) return 'survey_not_configured';
  if (isTooLate(dueAt, now)) return 'too_late';
  return isInSample(sample, survey, requesterId) ? null : 'sampled_out';
}

async function hasScheduled(tx: Queryable, ticketId: number): Promise<boolean> {
  const rows = await tx
    .select({ one: sql`1` })
    .from(invitations)
    .where(and(eq(invitations.ticketId, ticketId), eq(invitations.state, 'scheduled')))
    .limit(1);
  return rows.length > 0;
}

/** Zendesk's own `solved_at` has whole seconds, its events have nanoseconds. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/**
 * Cancels the ticket's invitations that have not been sent and stores the reason. Returns how many.
 * One that is being handed to the mail server at this moment is sent: it cannot be recalled.
 * @internal
 */
export async function cancelInvitations(tx: Queryable, ticketId: number, reason: CancelReason): Promise<number> {
  const cancelled = await tx
    .update(invitations)
    .set({ state: 'cancelled', reason, claimedUntil: null })
    .where(
      and(
        eq(invitations.ticketId, ticketId),
        eq(invitations.state, 'scheduled'),
        // An agent may ask about a ticket that is open.
        reason === 'reopened' ? eq(invitations.cause, 'solve') : undefined,
      ),
    )
    .returning({ id: invitations.id });
  return cancelled.length;
}

/** Schedules the invitation of the ticket's solve again, which was cancelled for a reopening that proves to be none. */
async function restoreInvitation(tx: Queryable, { id, solvedAt }: TicketChange['after']): Promise<void> {
  if (solvedAt === null) return;
  const ofSolve = between(invitations.solvedAt, new Date(solvedAt.getTime() - 1_000), solvedAt);
  await tx
    .update(invitations)
    .set({ state: 'scheduled', reason: null })
    .where(
      and(
        eq(invitations.ticketId, id),
        ofSolve,
        eq(invitations.state, 'cancelled'),
        eq(invitations.reason, 'reopened'),
      ),
    );
}

/** An event other than the solve itself may show a solve that is years old; no survey is sent more than three days after a solve. */
const CREATED_RECENTLY_MS = 3 * 24 * 3_600_000;

/** `delayMs`: for demos, how long after a solve a survey is due, in place of the policy's delay; otherwise null. */
export function surveyTicketHook(delayMs: number | null): TicketHook {
  return {
    /** A solve schedules an invitation; reopening, merging, deleting or marking as spam cancels it. */
    onChange: async (tx, change) => {
      const { before, after, policy, now } = change;
      if (after.gone && after.gone !== before?.gone) return void (await cancelInvitations(tx, after.id, after.gone));
      if (change.reopened) return void (await cancelInvitations(tx, after.id, 'reopened'));
      if (change.solveStands) return restoreInvitation(tx, after);
      const { solvedAt, requesterId } = after;
      const isSolve = change.solved || isFirstSeenSolved(change);
      if (!isSolve || after.gone || requesterId === null || solvedAt === null || !actsFor(policy, after.id)) return;
      const category = after.category ?? policy.default_category;
      const survey = surveyFor(policy, category);
      if (survey === 'none') return;
      await scheduleInvitation(tx, {
        ticketId: after.id,
        solvedAt,
        survey,
        category,
        requesterId,
        agentId: after.assigneeId,
        policy,
        now,
        delayOverrideMs: delayMs ?? undefined,
      });
    },
    onGone: async (tx, ticketId) => void (await cancelInvitations(tx, ticketId, 'deleted')),
  };
}

/** A solve shown by the ticket's first event, or a ticket created as solved, as when an agent records a phone call. */
function isFirstSeenSolved({ before, after, cause, now }: TicketChange): boolean {
  if (before !== null || !isFinished(after.status) || cause === 'import' || cause === 'reread') return false;
  if (
    cause === 'ticket.created' ||
    cause === 'repair' ||
    (cause === 'ticket.status_changed' && after.status === 'solved')
  )
    return true;
  return now.getTime() - after.createdAt.getTime() < CREATED_RECENTLY_MS;
}

function surveyFor(policy: Policy, category: string): SolveSurvey | 'none' {
  return policy.categories.find(({ id }) => id === category)?.survey ?? policy.default_survey;
}
