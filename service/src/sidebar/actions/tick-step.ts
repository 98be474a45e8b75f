// Marks a step of the guidance as done, for all agents.
import type { TickStep } from '@deskwright/shared/contract';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordHistory } from '../../history/index.ts';
import { stepsOf } from '../../policy/guidance/guidance.ts';
import { guidanceTicks } from '../tables.ts';
import { aName, DONE, defineAction, refuse } from './action.ts';

const LONGEST_ID = 64;

/** Marks the step as done or not done. The first agent who did it stays named; repeating it changes nothing. */
export const tickStep = defineAction({
  name: 'tick_step',
  method: 'put',
  path: '/steps/:stepId',
  params: z.object({ stepId: aName }),
  body: z.object({ done: z.boolean() }) satisfies z.ZodType<TickStep>,
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, guidance, now }, { stepId, done }) => {
    if (stepId.length > LONGEST_ID) return refuse('not_found', 'The guidance has no such step.');
    const blocks = guidance.get(ticket.category ?? '')?.blocks ?? [];
    if (!stepsOf(blocks).some(({ id }) => id === stepId))
      return refuse('not_found', 'The guidance for this ticket no longer has this step.');
    const step = { ticketId: ticket.id, at: now, value: stepId, actor: 'agent', actorId: agent.id } as const;
    if (done) {
      const tick = { ticketId: ticket.id, stepId, agentId: agent.id, doneAt: now };
      const { rowCount } = await tx.insert(guidanceTicks).values(tick).onConflictDoNothing();
      if (rowCount) await recordHistory(tx, [{ ...step, kind: 'step_done' }]);
    } else {
      const { rowCount } = await tx
        .delete(guidanceTicks)
        .where(and(eq(guidanceTicks.ticketId, ticket.id), eq(guidanceTicks.stepId, stepId)));
      if (rowCount) await recordHistory(tx, [{ ...step, kind: 'step_undone' }]);
    }
    return DONE;
  },
  audit: ({ stepId, done }) => ({ stepId, done }),
});
