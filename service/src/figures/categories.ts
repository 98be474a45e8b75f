// Finds whether a ticket's category was set by the policy, and whether people overruled it.
import type { HistoryEntry } from './history-entry.ts';
import type { Timeline } from './timeline.ts';

/** The `detail` of a category that no trigger set: the default one. */
export const NO_TRIGGER = 'none';

export interface Categorised {
  /** The trigger that decided, or `none`; null: the policy set no category. */
  readonly by: string | null;
  /** The category it has is what a trigger gave it. */
  readonly isAutomatic: boolean;
  /** A person gave it another category than the policy, and it still has another. */
  readonly override: HistoryEntry | null;
}

/** A correction that was undone leaves no trace: the category is again what the policy had set. Null: the ticket has no category. */
export function readCategory({ steps, last }: Timeline): Categorised | null {
  if (last.category === null) return null;
  const entries = steps.map(({ entry }) => entry).filter(({ kind }) => kind === 'category');
  const decided = entries.findLast(({ actor }) => actor === 'us');
  if (decided === undefined) return { by: null, isAutomatic: false, override: null };
  const stands = last.category === decided.value;
  const later = entries.slice(entries.indexOf(decided) + 1);
  const overruledAt = later.findLastIndex(({ value }) => value === decided.value) + 1;
  return {
    by: decided.rule ?? NO_TRIGGER,
    isAutomatic: stands && decided.rule !== null,
    override: stands ? null : (later.slice(overruledAt).find(({ actor }) => actor === 'agent') ?? null),
  };
}
