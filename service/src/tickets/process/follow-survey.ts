// Does this look at the ticket begin or end a survey?
import type { Policy, SurveyKind } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import { cancelInvitations } from '../../surveys/cancel-invitations.ts';
import { scheduleInvitation } from '../../surveys/schedule-invitation.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import type { Look } from './look.ts';
import type { Projected } from './project.ts';

/** What another event shows solved for the first time may be years old; nobody is asked later than three days after a solve. */
const BORN_LATELY_MS = 3 * 24 * 3_600_000;

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
  if (
    !(projected.solved || isFirstSeenSolved(projected, look, now)) ||
    row.gone ||
    row.requesterId === null ||
    row.solvedAt === null
  )
    return;
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

/** A solve that the first event of a ticket tells; or one born solved, as when an agent writes a phone call down. */
function isFirstSeenSolved({ row, before }: Projected, { cause }: Look, now: number): boolean {
  if (before !== null || !isFinished(row.status) || cause === 'import' || cause === 'reread') return false;
  if (
    cause === 'ticket.created' ||
    cause === 'repair' ||
    (cause === 'ticket.status_changed' && row.status === 'solved')
  )
    return true;
  return now - row.createdAt.getTime() < BORN_LATELY_MS;
}

function surveyFor(policy: Policy, category: string): SurveyKind | 'none' {
  return policy.categories.find(({ id }) => id === category)?.survey ?? policy.default_survey;
}
