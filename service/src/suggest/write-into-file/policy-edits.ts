// Defines the changes that a suggestion makes to a policy file.
import type { Policy } from '@deskwright/shared';

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
