// Turns a suggestion into the changes it makes to the policy file.
import type { Policy } from '@deskwright/shared';
import { placeIn, wordListPath } from '../extend-triggers.ts';
import type { Suggestion } from '../suggest.ts';

/** @param retires whether triggers that should be retired are taken out */
export function toEdits(suggestion: Suggestion, before: Policy, retires: boolean): PolicyEdits {
  const { policy, newCategories, triggers, place, words, retire } = suggestion;
  const added = new Set(newCategories.map(({ id }) => id));
  return {
    categories: policy.categories.filter(({ id }) => added.has(id)).map(({ id, name, tier }) => ({ id, name, tier })),
    triggers: triggers.map(({ trigger }) => trigger),
    above: before.triggers[placeIn(before, place)]?.id ?? null,
    words: words
      .filter((one) => one.words.length > 0)
      .map(({ triggerId, words: more }) => {
        const trigger = before.triggers.find(({ id }) => id === triggerId);
        return { triggerId, path: wordListPath(trigger?.conditions ?? {}) ?? [], words: more };
      }),
    removed: retires ? retire.filter(({ doesMore }) => !doesMore).map(({ triggerId }) => triggerId) : [],
  };
}

export interface PolicyEdits {
  readonly categories: ReadonlyArray<{ readonly id: string; readonly name: string; readonly tier: string }>;
  /** In order, each of the form that `writeTriggers` gives. */
  readonly triggers: Policy['triggers'];
  /** The trigger above which they stand; null: below all. */
  readonly above: string | null;
  readonly words: ReadonlyArray<{
    readonly triggerId: string;
    /** Within the trigger's conditions: where the list is. */
    readonly path: ReadonlyArray<string | number>;
    readonly words: readonly string[];
  }>;
  /** Ids of triggers to take out. */
  readonly removed: readonly string[];
}
