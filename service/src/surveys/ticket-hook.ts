// Schedules a survey when a ticket is solved, and cancels it when the ticket is reopened, merged, deleted or marked as spam.

import type { Policy, SurveyKind } from '@deskwright/shared';
import { isFinished, type TicketChange, type TicketHook } from '../tickets/index.ts';
import { cancelInvitations, scheduleInvitation } from './schedule-invitation.ts';

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
      const { solvedAt, requesterId } = after;
      const isSolve = change.solved || isFirstSeenSolved(change);
      if (!isSolve || after.gone || requesterId === null || solvedAt === null) return;
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

function surveyFor(policy: Policy, category: string): SurveyKind | 'none' {
  return policy.categories.find(({ id }) => id === category)?.survey ?? policy.default_survey;
}
