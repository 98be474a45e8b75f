// Lists all agent actions: the sidebar's own and those of other features.
import type { AgentAction } from './action.ts';
import { correctCategory, undoCorrection } from './correct-category.ts';
import { escalateTicket } from './escalate-ticket.ts';
import { tickStep } from './tick-step.ts';

const OWN: readonly AgentAction[] = [correctCategory, undoCorrection, tickStep, escalateTicket];

/** Throws if two actions have the same name or address. */
export function allActions(brought: readonly AgentAction[] = []): readonly AgentAction[] {
  const actions = [...OWN, ...brought];
  const taken = new Set<string>();
  for (const { name, method, path } of actions)
    for (const key of [name, `${method.toUpperCase()} ${path}`]) {
      if (taken.has(key)) throw new Error(`Two agent actions are named "${key}".`);
      taken.add(key);
    }
  return actions;
}
