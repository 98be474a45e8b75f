// Which tags do the triggers add to a ticket?
import type { Reasoned } from '@deskwright/shared';
import type { FiredTrigger } from './fire.ts';

/** Tags of all firing triggers, each once, by the first trigger that adds it; in the order of the policy. */
export function tagsOf(fired: readonly FiredTrigger[]): readonly Reasoned<string>[] {
  const tags: Reasoned<string>[] = [];
  for (const { trigger, reason } of fired) {
    for (const value of trigger.actions.add_tags ?? []) {
      if (!tags.some((tag) => tag.value === value)) tags.push({ value, reason: reason() });
    }
  }
  return tags;
}
