// Finds the policy's words that match a word of a text.
import type { WordPattern } from '@deskwright/shared';
import { exactReadings, exactRuleReadings, ruleReadings, textReadings } from '@deskwright/shared';
import { COMMON_WORDS } from './common-words.ts';
import { buildInnerWords } from './inner-words.ts';
import { buildMisspellings } from './misspellings.ts';
import { saysOtherTones } from './vietnamese-tones.ts';

/** Ids of the patterns that a word matches, in ascending order. */
export type Matches = readonly number[];
/** The one value for a word that matches no pattern; compare with `===`. */
export const NO_MATCH: Matches = [];

/** How words are read: with optional characters left out, or exactly as written (`exact:`). */
export interface Reading {
  readonly ofRule: (word: string) => readonly string[];
  readonly ofText: (word: string) => readonly string[];
  readonly isExact: boolean;
}

export const FOLDED: Reading = { ofRule: ruleReadings, ofText: textReadings, isExact: false };
export const EXACT: Reading = { ofRule: exactRuleReadings, ofText: exactReadings, isExact: true };

/**
 * Builds the look-up of a word of a text: first as spelt, in any of its readings; and as a misspelling only if no policy
 * word is spelt that way and it is no common English word. So `refuse` is never taken for a misspelt `refund`, nor
 * `invite` for `invoice` when the policy contains `invite`. Its time depends on the word's length, not on the policy.
 * @param patterns distinct; a pattern's index is its id
 */
export function buildFindPatterns(
  patterns: readonly WordPattern[],
  reading: Reading = FOLDED,
): (word: string) => Matches {
  const whole = new Map<string, number[]>();
  const starts = new Map<string, number[]>();
  const ends = new Map<string, number[]>();
  const inner: Array<{ readonly id: number; readonly word: string }> = [];
  for (const [id, { word, anyBeginning, anyEnding }] of patterns.entries()) {
    for (const read of reading.ofRule(word)) {
      if (anyBeginning && anyEnding) inner.push({ id, word: read });
      else addTo(anyBeginning ? ends : anyEnding ? starts : whole, read, id);
    }
  }
  const startLengths = lengthsOf(starts);
  const endLengths = lengthsOf(ends);
  const findInner = buildInnerWords(inner);
  const misspellings = buildMisspellings(
    patterns.flatMap(({ word, anyEnding, misspelt }, id) =>
      misspelt ? reading.ofRule(word).map((read) => ({ id, word: read, anyEnding })) : [],
    ),
  );

  function spellings(word: string, found: Set<number>): void {
    for (const id of whole.get(word) ?? NO_MATCH) found.add(id);
    for (const length of startLengths) {
      if (length > word.length) break;
      for (const id of starts.get(word.slice(0, length)) ?? NO_MATCH) found.add(id);
    }
    for (const length of endLengths) {
      if (length > word.length) break;
      for (const id of ends.get(word.slice(-length)) ?? NO_MATCH) found.add(id);
    }
    findInner(word, found);
  }

  return (word) => {
    const readings = reading.ofText(word);
    const found = new Set<number>();
    for (const read of readings) spellings(read, found);
    if (!reading.isExact) for (const id of found) if (saysOtherTones(word, patterns[id])) found.delete(id);
    if (found.size === 0) {
      for (const read of readings) if (!COMMON_WORDS.has(read)) for (const id of misspellings(read)) found.add(id);
    }
    return found.size === 0 ? NO_MATCH : [...found].toSorted((a, b) => a - b);
  };
}

function addTo(map: Map<string, number[]>, word: string, id: number): void {
  const ids = map.get(word);
  if (ids === undefined) map.set(word, [id]);
  else ids.push(id);
}

const lengthsOf = (words: ReadonlyMap<string, unknown>): number[] =>
  [...new Set([...words.keys()].map((word) => word.length))].toSorted((a, b) => a - b);
