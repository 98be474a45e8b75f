// Divides the changes of a suggestion among the files of a policy.
import { isMap, isSeq, parseDocument } from 'yaml';
import type { PolicyEdits } from './to-edits.ts';

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
