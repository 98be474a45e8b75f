// Turns a suggestion into the changes it makes to the policy file, divided among the files of a policy.
import type { Policy } from '@deskwright/shared';
import { isMap, isSeq, parseDocument } from 'yaml';
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

/** A file of the policy, in the order in which the lists are appended. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/**
 * For each file that changes, its own part: words and what is taken out where the trigger stands, triggers where the one stands above which they
 * go, and what goes to the end of a list into the last file that has the list, or else into the first.
 */
export function splitEdits(
  files: readonly PolicyFile[],
  edits: PolicyEdits,
): { readonly file: PolicyFile; readonly edits: PolicyEdits }[] {
  const [first] = files;
  if (first === undefined) return [];
  const read = files.map((file) => ({ file, ...listsOf(file.text) }));
  const withTrigger = (id: string): PolicyFile => read.find(({ triggers }) => triggers?.includes(id))?.file ?? first;
  const lastWith = (list: 'triggers' | 'categories'): PolicyFile => read.findLast((one) => one[list])?.file ?? first;
  const forTriggers = edits.above === null ? lastWith('triggers') : withTrigger(edits.above);
  return files
    .map((file) => ({
      file,
      edits: {
        categories: file === lastWith('categories') ? edits.categories : [],
        triggers: file === forTriggers ? edits.triggers : [],
        above: file === forTriggers ? edits.above : null,
        words: edits.words.filter(({ triggerId }) => withTrigger(triggerId) === file),
        removed: edits.removed.filter((id) => withTrigger(id) === file),
      },
    }))
    .filter(({ edits: { categories, triggers, words, removed } }) =>
      [categories, triggers, words, removed].some((list) => list.length > 0),
    );
}

/** Ids in the file's own lists; undefined: it has none. */
function listsOf(text: string): { triggers?: string[]; categories?: string[] } {
  const document = parseDocument(text);
  const ids = (key: string): string[] | undefined => {
    const list: unknown = document.get(key);
    return isSeq(list) && list.items.length > 0
      ? list.items.map((entry) => (isMap(entry) ? String(entry.get('id')) : ''))
      : undefined;
  };
  const [triggers, categories] = [ids('triggers'), ids('categories')];
  return { ...(triggers && { triggers }), ...(categories && { categories }) };
}
