// Which of the policy's words does a word match?
import { COMMON_WORDS } from './common-words.ts';
import { buildMisspellings } from './misspellings.ts';
import type { WordPattern } from './parse-phrase.ts';

/** Ids of the patterns that a word matches, ascending. */
export type Matches = readonly number[];
/** The one value for a word that is no word of the policy; compare with `===`. */
export const NO_MATCH: Matches = [];

/**
 * Builds the look-up of a folded word: first as spelt, and only if no word of the policy is spelt so and it is no
 * common English word, as a misspelling. So `refuse` is never taken for a slip in `refund`, nor `invite` in `invoice`
 * when the policy knows `invite`.
 * @param patterns distinct; their places are their ids.
 */
export function buildFindPatterns(patterns: readonly WordPattern[]): (word: string) => Matches {
  const whole = new Map<string, number[]>();
  const starts = new Map<string, number[]>();
  for (const [id, { word, anyEnding }] of patterns.entries()) {
    const map = anyEnding ? starts : whole;
    map.set(word, [...(map.get(word) ?? []), id]);
  }
  const lengths = [...new Set([...starts.keys()].map((word) => word.length))].toSorted((a, b) => a - b);
  const misspellings = buildMisspellings(
    patterns.flatMap(({ word, anyEnding, misspelt }, id) => (misspelt ? [{ id, word, anyEnding }] : [])),
  );
  return (word) => {
    const spelt = [...(whole.get(word) ?? [])];
    for (const length of lengths) {
      if (length > word.length) break;
      spelt.push(...(starts.get(word.slice(0, length)) ?? []));
    }
    if (spelt.length > 0) return spelt.toSorted((a, b) => a - b);
    const meant = COMMON_WORDS.has(word) ? NO_MATCH : misspellings(word);
    return meant.length === 0 ? NO_MATCH : meant;
  };
}
