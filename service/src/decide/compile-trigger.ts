// Precomputes what a trigger does.
import { type Policy, PRIORITIES, type Priority } from '@deskwright/shared';

/** What a trigger does. Every object has all keys, which keeps property access fast. */
export interface CompiledTrigger {
  readonly id: string;
  readonly title: string;
  readonly category: string | null;
  readonly priority: Priority | null;
  /** Rank of the priority, from 0; -1: none. */
  readonly rank: number;
  readonly tags: readonly string[];
}

export function compileTrigger({ id, title, actions }: Policy['triggers'][number]): CompiledTrigger {
  const { category = null, priority = null, add_tags: tags = [] } = actions;
  return { id, title, category, priority, rank: priority === null ? -1 : PRIORITIES.indexOf(priority), tags };
}
