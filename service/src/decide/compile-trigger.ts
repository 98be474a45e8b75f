// Precomputes what a trigger does.
import { type Policy, PRIORITIES, type Priority } from '@deskwright/shared';
import { cannotHold } from './prove/index.ts';

/** What a trigger does. Every object has all keys, which keeps property access fast. */
export interface CompiledTrigger {
  readonly id: string;
  readonly title: string;
  readonly category: string | null;
  readonly priority: Priority | null;
  /** Rank of the priority, from 0; -1: none. */
  readonly rank: number;
  readonly tags: readonly string[];
  /** False: it is proved that no ticket meets its conditions. Found out when it is first asked for. */
  readonly canFire: () => boolean;
}

export function compileTrigger({ id, title, conditions, actions }: Policy['triggers'][number]): CompiledTrigger {
  const { category = null, priority = null, add_tags: tags = [] } = actions;
  const rank = priority === null ? -1 : PRIORITIES.indexOf(priority);
  let known: boolean | undefined;
  const canFire = (): boolean => {
    known ??= !cannotHold(conditions);
    return known;
  };
  return { id, title, category, priority, rank, tags, canFire };
}
