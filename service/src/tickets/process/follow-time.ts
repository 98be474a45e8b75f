// Decides tickets again when the result of a condition on time changes without any event.
import { type DueDeps, decideDueTickets } from './decide-due-tickets.ts';
import { recomputeDueDecisions } from './recompute-due-decisions.ts';

/**
 * Returns the work of a recurring job: after a policy was loaded it recomputes the tickets' next times, then it decides what is due. Returns
 * how many tickets were decided. Failures are retried by the next run.
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
