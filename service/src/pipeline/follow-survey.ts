// Does this look at the ticket begin or end a survey?
import type { Policy, SurveyKind } from '@deskwright/shared';
import type { Queryable } from '../storage/database.ts';
import { cancelInvitations } from '../surveys/cancel-invitations.ts';
import { scheduleInvitation } from '../surveys/schedule-invitation.ts';
import type { Look } from './look.ts';
import type { Projected } from './project.ts';

export interface FollowSurvey {
  look: Look;
  projected: Projected;
  policy: Policy;
  /** Epoch milliseconds. */
  now: number;
  delayOverrideMs: number | null;
}

/** A solve becomes an invitation; a reopened, merged, deleted or spam ticket loses the one it had. */
export async function followSurvey(
  tx: Queryable,
  { look, projected, policy, now, delayOverrideMs }: FollowSurvey,
): Promise<void> {
  const { row, before } = projected;
  if (row.gone && row.gone !== before?.gone) return void (await cancelInvitations(tx, row.id, row.gone));
  if (projected.reopened) return void (await cancelInvitations(tx, row.id, 'reopened'));
  const solved =
    projected.solved || (before === null && look.cause === 'ticket.status_changed' && row.status === 'solved');
  if (!solved || row.gone || row.requesterId === null || row.solvedAt === null) return;
  const category = row.category ?? policy.default_category;
  const survey = surveyFor(policy, category);
  if (survey === 'none') return;
  await scheduleInvitation(tx, {
    ticketId: row.id,
    solvedAt: row.solvedAt,
    survey,
    category,
    requesterId: row.requesterId,
    agentId: row.assigneeId,
    policy,
    now: new Date(now),
    delayOverrideMs: delayOverrideMs ?? undefined,
  });
}

function surveyFor(policy: Policy, category: string): SurveyKind | 'none' {
  return policy.categories.find(({ id }) => id === category)?.survey ?? policy.default_survey;
}
