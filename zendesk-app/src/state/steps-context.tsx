// Can steps be ticked here, and how, and can anybody be answered?
import type { TicketCard } from '@deskwright/shared/contract';
import { createContext, useContext } from 'react';
import type { Answer } from '../api/refusal.ts';

export interface Steps {
  readonly canTick: boolean;
  /** A reply is the agent's own, so it works while the service is away; on a closed ticket nobody can be answered. */
  readonly canReply: boolean;
  tick(stepId: string, done: boolean): Promise<Answer<TicketCard>>;
}

const StepsContext = createContext<Steps | null>(null);

export const StepsProvider = StepsContext.Provider;

/** Null on a ticket that is not saved yet: its guidance can be read, and nothing is kept of it. */
export function useSteps(): Steps | null {
  return useContext(StepsContext);
}
