// Schedules a survey when a ticket is solved, and cancels it when the ticket takes another turn.
import type { Policy, SurveyKind } from '@deskwright/shared';
import type { TicketChange, TicketHook } from '../tickets/hooks.ts';
import { isFinished } from '../tickets/projection/apply-snapshot.ts';
import { cancelInvitations } from './cancel-invitations.ts';
import { scheduleInvitation } from './schedule-invitation.ts';

/** An event other than the solve itself may show a solve that is years old; nobody is asked later than three days after it. */
const BORN_LATELY_MS = 3 * 24 * 3_600_000;

/** `delayMs`: for rehearsals, when a survey is due after a solve, whatever the policy says; null otherwise. */
export function surveyTicketHook(delayMs: number | null): TicketHook {
  return {
    /** A solve becomes an invitation; a reopened, merged, deleted or spam ticket loses the one it had. */
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

/** A solve that the first event of a ticket shows; or a ticket born solved, as when an agent records a phone call. */
function isFirstSeenSolved({ before, after, cause, now }: TicketChange): boolean {
  if (before !== null || !isFinished(after.status) || cause === 'import' || cause === 'reread') return false;
  if (
    cause === 'ticket.created' ||
    cause === 'repair' ||
    (cause === 'ticket.status_changed' && after.status === 'solved')
  )
    return true;
  return now.getTime() - after.createdAt.getTime() < BORN_LATELY_MS;
}

function surveyFor(policy: Policy, category: string): SurveyKind | 'none' {
  return policy.categories.find(({ id }) => id === category)?.survey ?? policy.default_survey;
}
