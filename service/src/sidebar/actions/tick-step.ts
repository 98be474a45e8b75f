// How does a step of the guidance get ticked, for all agents?
import { and, eq } from 'drizzle-orm';
import { guidanceTicks } from '../../platform/storage/schema.ts';
import type { GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import { stepsOf } from '../../policy/guidance/guidance.ts';
import type { Act, ActDeps } from './act-deps.ts';
import { type ActResult, DONE, refuse } from './act-result.ts';
import { isRefused, takeTicketFor } from './take-ticket-for.ts';

export interface TickDeps extends Pick<ActDeps, 'db' | 'clock'> {
  policy: { current: () => { guidance: GuidanceByCategory } };
}

const LONGEST_ID = 64;

/** Ticks the step or takes the tick away. Who ticked first stays named; doing it twice changes nothing. */
export async function tickStep(
  deps: TickDeps,
  { stepId, done, ...act }: Act & { stepId: string; done: boolean },
): Promise<ActResult> {
  const { guidance } = deps.policy.current();
  if (stepId.length > LONGEST_ID) return refuse('not_found', 'The guidance has no such step.');
  return deps.db.transaction(async (tx) => {
    const row = await takeTicketFor(tx, act);
    if (isRefused(row)) return row;
    const blocks = guidance.get(row.category ?? '')?.blocks ?? [];
    if (!stepsOf(blocks).some(({ id }) => id === stepId))
      return refuse('not_found', 'The guidance for this ticket has no such step (any more).');
    if (done) {
      const tick = { ticketId: row.id, stepId, agentId: act.agent.id, doneAt: new Date(deps.clock()) };
      await tx.insert(guidanceTicks).values(tick).onConflictDoNothing();
    } else {
      await tx.delete(guidanceTicks).where(and(eq(guidanceTicks.ticketId, row.id), eq(guidanceTicks.stepId, stepId)));
    }
    return DONE;
  });
}
