// Gives each label the id of a category: one of the policy's, or a new one.
import { foldText, type Policy } from '@deskwright/shared';

export interface NewCategory {
  readonly id: string;
  /** As the label is written, in words: `CANCELLATION_FEE` is "Cancellation fee". */
  readonly name: string;
}

export interface NamedCategories {
  readonly idOf: (label: string) => string;
  /** Those that the policy lacks, in the order in which `idOf` met them. */
  readonly added: readonly NewCategory[];
}

const LONGEST_ID = 40;
const LONGEST_NAME = 100;

/** @param known the policy's category that a label means */
export function nameCategories(
  policy: Pick<Policy, 'categories'>,
  known: (label: string) => string | undefined,
): NamedCategories {
  const taken = new Set(policy.categories.map(({ id }) => id));
  const byLabel = new Map<string, string>();
  const added: NewCategory[] = [];
  return {
    added,
    idOf: (label) => {
      const name = label.replace(/\s+/gu, ' ').trim();
      const own = known(name);
      if (own !== undefined) return own;
      const key = foldText(name);
      const before = byLabel.get(key);
      if (before !== undefined) return before;
      const id = freeId(toId(name, `category_${added.length + 1}`), taken, LONGEST_ID, '_');
      taken.add(id);
      byLabel.set(key, id);
      added.push({ id, name: readable(name).slice(0, LONGEST_NAME) });
      return id;
    },
  };
}

function readable(label: string): string {
  const words = label.replace(/_+/g, ' ').trim();
  const isShouted = /\p{Lu}/u.test(words) && words === words.toUpperCase() && words.length > 3;
  const text = isShouted ? words.toLowerCase() : words;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Small letters and digits of a text, joined with `_`; `otherwise` when it has none. */
export function toId(text: string, otherwise: string, joiner = '_'): string {
  const id = foldText(text)
    .replace(/[^a-z0-9]+/g, joiner)
    .replace(/^[^a-z]+|[_-]+$/g, '');
  return id === '' ? otherwise : id;
}

/** The id, shortened, and numbered if it is taken. */
export function freeId(id: string, taken: ReadonlySet<string>, longest: number, joiner: string): string {
  const short = id.slice(0, longest).replace(/[_-]+$/, '');
  if (!taken.has(short)) return short;
  for (let number = 2; ; number++) {
    const end = `${joiner}${number}`;
    const next = `${id.slice(0, longest - end.length)}${end}`;
    if (!taken.has(next)) return next;
  }
}
