// Finds the policy's words that a misspelt word may mean.

import { LONGEST_MISSPELT as LONGEST, SHORTEST_MISSPELT } from '@deskwright/shared';

/**
 * Letters that may be wrong in a word of a given length. Lucene's AUTO fuzziness allows one from 3 letters on and
 * two from 6; here it is one from 5 and two from 9, because in customers' mails `charge` and `change`, `bill` and
 * `will`, `form` and `from` are far more often different words than typing errors.
 */
export function allowedSlips(length: number): number {
  if (length < SHORTEST_MISSPELT) return 0;
  return length < 9 ? 1 : 2;
}

interface Node {
  readonly letter: number;
  readonly depth: number;
  readonly next: Node[];
  /** Patterns ending here that need the whole word, and those that allow any ending. */
  readonly whole: number[];
  readonly start: number[];
  /** Most typing errors allowed for any word below. */
  slips: number;
}

const nodeAt = (letter: number, depth: number): Node => ({ letter, depth, next: [], whole: [], start: [], slips: 0 });

export interface MisspeltWord {
  readonly id: number;
  readonly word: string;
  readonly anyEnding: boolean;
}

/**
 * Builds the look-up of misspellings: a trie of the policy's words, traversed with one row of the edit-distance table
 * per letter and abandoned as soon as no cell of a row is within reach (optimal string alignment distance: a missing, an
 * extra or a wrong letter, or two adjacent letters swapped, count one each).
 * The first letter must be right, or swapped with the second: that keeps `border` from `order`.
 * @returns a function from a folded word to the ids of the patterns it may stand for, in ascending order.
 */
export function buildMisspellings(words: readonly MisspeltWord[]): (word: string) => number[] {
  const root = nodeAt(0, 0);
  for (const word of words) insert(root, word);
  const table = buildTable();
  return (word) => {
    const found: number[] = [];
    if (word.length > LONGEST) return found;
    for (const child of root.next) walk(child, 0, word, table, found);
    return found.toSorted((a, b) => a - b);
  };
}

function insert(root: Node, { id, word, anyEnding }: MisspeltWord): void {
  const slips = word.length > LONGEST ? 0 : allowedSlips(word.length);
  if (slips === 0) return;
  let at = root;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i);
    let next = at.next.find((one) => one.letter === letter);
    if (next === undefined) {
      next = nodeAt(letter, at.depth + 1);
      at.next.push(next);
    }
    at = next;
    at.slips = Math.max(at.slips, slips);
  }
  (anyEnding ? at.start : at.whole).push(id);
}

const WIDTH = LONGEST + 1;

/** Rows of the edit-distance table by depth; row 0 is the cost of leaving out the first letters of the text. */
function buildTable(): Uint8Array {
  const table = new Uint8Array((LONGEST + 1) * WIDTH);
  for (let j = 0; j < WIDTH; j++) table[j] = j;
  return table;
}

function walk(at: Node, letterBefore: number, word: string, table: Uint8Array, found: number[]): void {
  if (at.depth === 2 && !startsAlike(word, letterBefore, at.letter)) return;
  const least = fillRow(at, letterBefore, word, table);
  const slips = allowedSlips(at.depth);
  const row = at.depth * WIDTH;
  if ((table[row + word.length] ?? 0) <= slips) found.push(...at.whole);
  if (least <= slips) found.push(...at.start);
  // A swap reaches back over one row, so the previous row may still lead to a match.
  if (least > at.slips && leastOf(table, row - WIDTH, word.length) + 1 > at.slips) return;
  for (const child of at.next) walk(child, at.letter, word, table, found);
}

function startsAlike(word: string, first: number, second: number): boolean {
  if (word.charCodeAt(0) === first) return true;
  return word.charCodeAt(0) === second && word.charCodeAt(1) === first;
}

/** Fills the row of a node: the distance of its path to each prefix of the word. Returns the smallest. */
function fillRow({ letter, depth }: Node, letterBefore: number, word: string, table: Uint8Array): number {
  const row = depth * WIDTH;
  const above = row - WIDTH;
  let least = depth;
  table[row] = depth;
  for (let j = 1; j <= word.length; j++) {
    const here = word.charCodeAt(j - 1);
    const replaced = (table[above + j - 1] ?? 0) + (here === letter ? 0 : 1);
    let best = Math.min((table[above + j] ?? 0) + 1, (table[row + j - 1] ?? 0) + 1, replaced);
    if (depth > 1 && j > 1 && here === letterBefore && word.charCodeAt(j - 2) === letter) {
      best = Math.min(best, (table[above - WIDTH + j - 2] ?? 0) + 1);
    }
    table[row + j] = best;
    if (best < least) least = best;
  }
  return least;
}

function leastOf(table: Uint8Array, row: number, length: number): number {
  let least = table[row] ?? 0;
  for (let j = 1; j <= length; j++) least = Math.min(least, table[row + j] ?? 0);
  return least;
}
