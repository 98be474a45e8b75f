// Which one category does a ticket get?
import type { Reasoned } from '@deskwright/shared';
import type { FiredTrigger } from './fire.ts';

/** The first trigger that sets a category wins it; without one the policy's default stands. */
export function categorise(fired: readonly FiredTrigger[], defaultCategory: string): Reasoned<string> {
  for (const { trigger, reason } of fired) {
    if (trigger.actions.category !== undefined) return { value: trigger.actions.category, reason: reason() };
  }
  return { value: defaultCategory, reason: { by: 'default', key: 'default_category' } };
}
