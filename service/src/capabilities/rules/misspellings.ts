// Which words of the policy may a customer have meant by a word that is spelt wrong?

/** Longer words are looked up as they are spelt only: nobody misspells a word of 40 letters by two. */
const LONGEST = 40;

/**
 * Letters that may be wrong in a word of so many letters. Lucene's AUTO fuzziness allows one from 3 letters on and
 * two from 6; here it is one from 5 and two from 9, because in customers' mails `charge` and `change`, `bill` and
 * `will`, `form` and `from` are different words far more often than slips.
 */
export function allowedSlips(length: number): number {
  if (length < 5) return 0;
  return length < 9 ? 1 : 2;
}

interface Node {
  readonly next: Map<number, Node>;
  /** Patterns ending here that want the whole word, and those that take any ending. */
  readonly whole: number[];
  readonly start: number[];
  depth: number;
  /** Most slips allowed to any word below. */
  slips: number;
}

const node = (depth: number): Node => ({ next: new Map(), whole: [], start: [], depth, slips: 0 });

export interface MisspeltWord {
  readonly id: number;
  readonly word: string;
  readonly anyEnding: boolean;
}

/**
 * Builds the look-up of misspellings: a trie of the policy's words, walked with one row of the edit-distance table
 * per letter and left as soon as a row holds nothing within reach (optimal string alignment distance: a missing, an
 * extra or a wrong letter, or two neighbours swapped, count one each).
 * The first letter must be right, or swapped with the second: that keeps `border` from `order`.
 * @returns a function from a folded word to the ids of the patterns it may stand for, in ascending order.
 */
export function buildMisspellings(words: readonly MisspeltWord[]): (word: string) => number[] {
  const root = node(0);
  for (const word of words) insert(root, word);
  return (word) => {
    const found: number[] = [];
    if (word.length > LONGEST || root.next.size === 0) return found;
    const first = Array.from({ length: word.length + 1 }, (_, at) => at);
    for (const [letter, child] of root.next) walk(child, letter, -1, word, first, null, found);
    return found.toSorted((a, b) => a - b);
  };
}

function insert(root: Node, { id, word, anyEnding }: MisspeltWord): void {
  const slips = allowedSlips(word.length);
  if (slips === 0) return;
  let at = root;
  at.slips = Math.max(at.slips, slips);
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i);
    let next = at.next.get(letter);
    if (next === undefined) {
      next = node(at.depth + 1);
      at.next.set(letter, next);
    }
    at = next;
    at.slips = Math.max(at.slips, slips);
  }
  (anyEnding ? at.start : at.whole).push(id);
}

function walk(
  at: Node,
  letter: number,
  letterBefore: number,
  word: string,
  row: readonly number[],
  rowBefore: readonly number[] | null,
  found: number[],
): void {
  if (at.depth === 2 && !startsAlike(word, letterBefore, letter)) return;
  const next = nextRow(letter, letterBefore, word, row, rowBefore);
  const slips = allowedSlips(at.depth);
  if (at.whole.length > 0 && (next[word.length] ?? Infinity) <= slips) found.push(...at.whole);
  const least = Math.min(...next);
  if (at.start.length > 0 && least <= slips) found.push(...at.start);
  // A swap reaches back over one row, so the row before may still lead somewhere.
  if (least > at.slips && Math.min(...row) + 1 > at.slips) return;
  for (const [following, child] of at.next) walk(child, following, letter, word, next, row, found);
}

function startsAlike(word: string, first: number, second: number): boolean {
  if (word.charCodeAt(0) === first) return true;
  return word.charCodeAt(0) === second && word.charCodeAt(1) === first;
}

function nextRow(
  letter: number,
  letterBefore: number,
  word: string,
  row: readonly number[],
  rowBefore: readonly number[] | null,
): number[] {
  const next = [(row[0] ?? 0) + 1];
  for (let j = 1; j <= word.length; j++) {
    const here = word.charCodeAt(j - 1);
    let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (here === letter ? 0 : 1));
    if (rowBefore !== null && j > 1 && here === letterBefore && word.charCodeAt(j - 2) === letter) {
      best = Math.min(best, (rowBefore[j - 2] ?? 0) + 1);
    }
    next.push(best);
  }
  return next;
}
