// Which priority does a ticket get?
import type { Priority, Reasoned } from '@deskwright/shared';
import { PRIORITIES } from '@deskwright/shared';
import type { FiredTrigger } from './fire.ts';

/**
 * The highest priority that any firing trigger asks for, by the first trigger that asks for it. Highest, not first:
 * triggers add up, so "is angry" must be able to raise what "asks for an invoice" wanted low, whichever comes first.
 * Null: no trigger speaks about it, and the ticket keeps what it has.
 */
export function prioritise(fired: readonly FiredTrigger[]): Reasoned<Priority | null> {
  let highest: FiredTrigger | null = null;
  for (const one of fired) if (rankOf(one) > rankOf(highest)) highest = one;
  if (highest === null) return { value: null, reason: { by: 'nothing' } };
  return { value: highest.trigger.actions.priority ?? null, reason: highest.reason() };
}

function rankOf(fired: FiredTrigger | null): number {
  const priority = fired?.trigger.actions.priority;
  return priority === undefined ? -1 : PRIORITIES.indexOf(priority);
}
