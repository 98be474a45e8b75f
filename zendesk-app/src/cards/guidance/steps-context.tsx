// Gives the guidance's parts what the agent can do with them.
import type { TicketCard } from '@deskwright/shared/contract';
import { createContext, useContext } from 'react';
import type { Answer } from '../../base/service/refusal.ts';

export interface Steps {
  readonly canTick: boolean;
  /** Whether text can be inserted into a reply. Works while the service is unreachable, but not on a closed ticket. */
  readonly canReply: boolean;
  tick(stepId: string, done: boolean): Promise<Answer<TicketCard>>;
}

const StepsContext = createContext<Steps | null>(null);

export const StepsProvider = StepsContext.Provider;

/** Null on a ticket that is not saved yet: its guidance can be read, but steps cannot be ticked. */
export function useSteps(): Steps | null {
  return useContext(StepsContext);
}
