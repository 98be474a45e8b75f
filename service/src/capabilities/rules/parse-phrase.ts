// What does one word or phrase of a policy ask for?
import { splitWords } from './split-words.ts';

/** One word of a phrase. */
export interface WordPattern {
  /** Folded. */
  readonly word: string;
  /** `refund*`: the word with any ending. */
  readonly anyEnding: boolean;
  /** `refund~`: the word, or a misspelling of it. */
  readonly misspelt: boolean;
}

/**
 * Reads a phrase of a policy. A word may end with `*` (any ending), `~` (misspellings count) or both, in either order.
 * @returns the words in order; empty when the phrase has no word at all (it can never match).
 */
export function parsePhrase(phrase: string): readonly WordPattern[] {
  return phrase.split(/\s+/u).flatMap((chunk) => {
    const marks = /[*~]*$/.exec(chunk)?.[0] ?? '';
    const words = splitWords(chunk);
    return words.map((word, at) => {
      const last = at === words.length - 1;
      return { word, anyEnding: last && marks.includes('*'), misspelt: last && marks.includes('~') };
    });
  });
}
