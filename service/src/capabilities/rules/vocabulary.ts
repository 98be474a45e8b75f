// Which of the policy's words does a word of a customer's text match?
import { buildMisspellings } from './misspellings.ts';
import type { WordPattern } from './parse-phrase.ts';

/** Ids of the patterns a word matches, ascending. */
export type Matches = readonly number[];
export const NO_MATCH: Matches = [];

/** Words remembered per policy. A shop's whole vocabulary fits; beyond it the memory starts afresh. */
const REMEMBERED = 50_000;

export interface Vocabulary {
  /** The pattern's number; the same pattern always has the same one. */
  readonly idOf: (pattern: WordPattern) => number;
  /** Patterns that a folded word matches. A word that is no word of the policy gives the one `NO_MATCH`. */
  readonly lookUp: (word: string) => Matches;
}

/**
 * Numbers the distinct words of a policy and looks customers' words up in them: first as spelt, and only if no word
 * of the policy is spelt so, as a misspelling. So `changes` is never taken for a slip in `charges` when the policy
 * knows `change*`.
 */
export function buildVocabulary(patterns: Iterable<WordPattern>): Vocabulary {
  const ids = new Map<string, number>();
  const distinct: WordPattern[] = [];
  for (const pattern of patterns) {
    const key = keyOf(pattern);
    if (!ids.has(key)) ids.set(key, distinct.push(pattern) - 1);
  }
  const find = buildFind(distinct);
  const remembered = new Map<string, Matches>();
  return {
    idOf: (pattern) => ids.get(keyOf(pattern)) ?? -1,
    lookUp: (word) => {
      const known = remembered.get(word);
      if (known !== undefined) return known;
      const found = find(word);
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(ownCopy(word), found);
      return found;
    },
  };
}

const keyOf = ({ word, anyEnding, misspelt }: WordPattern): string =>
  `${word}${anyEnding ? '*' : ''}${misspelt ? '~' : ''}`;

/** V8 keeps the whole text alive behind a slice of it; a remembered word must not. */
const ownCopy = (word: string): string => (word.length < 13 ? word : Buffer.from(word, 'utf16le').toString('utf16le'));

function buildFind(patterns: readonly WordPattern[]): (word: string) => Matches {
  const whole = new Map<string, number[]>();
  const starts = new Map<string, number[]>();
  for (const [id, { word, anyEnding }] of patterns.entries()) {
    const map = anyEnding ? starts : whole;
    const list = map.get(word);
    if (list === undefined) map.set(word, [id]);
    else list.push(id);
  }
  const lengths = [...new Set([...starts.keys()].map((word) => word.length))].sort((a, b) => a - b);
  const misspellings = buildMisspellings(
    patterns.flatMap(({ word, anyEnding, misspelt }, id) => (misspelt ? [{ id, word, anyEnding }] : [])),
  );
  return (word) => {
    const spelt = [...(whole.get(word) ?? [])];
    for (const length of lengths) {
      if (length > word.length) break;
      spelt.push(...(starts.get(word.slice(0, length)) ?? []));
    }
    const found = spelt.length > 0 ? spelt.sort((a, b) => a - b) : misspellings(word);
    return found.length === 0 ? NO_MATCH : found;
  };
}
