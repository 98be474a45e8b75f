// Follows the clock: a condition on time that comes to answer otherwise leads to a decision, with nothing else happening.
import { type DueDeps, decideDueTickets } from './decide-due-tickets.ts';
import { recomputeDueDecisions } from './recompute-due-decisions.ts';

/**
 * Gives what a recurring job does: after a policy was loaded it computes the tickets' moments anew, then it decides what is due. Returns
 * how many tickets were decided. What fails is made up for by the next run.
 */
export function followTime(deps: DueDeps): () => Promise<number> {
  let computedFor: string | null = null;
  return async () => {
    const inForce = deps.policy.current();
    if (computedFor !== inForce.hash) {
      await recomputeDueDecisions(deps.db, inForce, new Date(deps.clock()));
      computedFor = inForce.hash;
    }
    return decideDueTickets(deps);
  };
}
