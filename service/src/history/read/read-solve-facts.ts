// Reads the facts about a ticket's last solve from its history.
import type { Policy, SolveFacts } from '@deskwright/shared';
import { solveFactsOf } from '../../figures/solve-facts.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readRecorded } from '../measures/recorded-tickets.ts';

interface SolveAsk {
  readonly ticketId: number;
  readonly solvedAt: Date;
  readonly policy: Policy;
  /** Zendesk's id of a group, by its name; null: there is none. */
  readonly groupIdOf: (name: string) => number | null;
}

/** Computed from the history itself, so that it does not wait for the figures. */
export async function readSolveFacts(
  tx: Queryable,
  { ticketId, solvedAt, policy, groupIdOf }: SolveAsk,
): Promise<Omit<SolveFacts, 'refunded' | 'category' | 'tier'>> {
  const [recorded] = await readRecorded(tx, [ticketId]);
  return solveFactsOf(recorded?.entries ?? [], recorded?.zendesk ?? null, { policy, groupIdOf }, solvedAt);
}
