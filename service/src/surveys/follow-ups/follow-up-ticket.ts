// Defines the effect `follow_up_ticket`: gives a follow-up its ticket, by opening one or by reopening the one that the answer is about.
import { z } from 'zod';
import type { EffectDefinition } from '../../platform/outbox/effect-definition.ts';
import { ticketInScope } from '../../tickets/index.ts';

/** All that the ticket says is read when it is opened. */
export interface FollowUpTicket {
  readonly followUpId: number;
}

export const FOLLOW_UP_TICKET: EffectDefinition<FollowUpTicket> = {
  name: 'follow_up_ticket',
  description: 'A ticket in Zendesk that follows up a bad survey answer',
  payload: z.strictObject({ followUpId: z.int() }),
  priority: () => 1,
  coalesceBy: ({ payload }) => `follow-up:${payload.followUpId}`,
  inScope: ({ subjectId }) => ticketInScope(subjectId),
  // The ticket is looked up by its external id before another is opened.
  whenInDoubt: 'retry',
  advise: (reason) =>
    reason.startsWith('Zendesk has no group')
      ? 'Create the group in Zendesk or correct `follow_up: group` in the policy, then retry it.'
      : 'Zendesk refused the ticket: correct the field it names (in Zendesk or in the policy), then retry it. No second ticket is opened.',
};
