// Finds the policy's words that match a word of a text.
import { exactReadings, exactRuleReadings, ruleReadings, textReadings, type WordPattern } from '@deskwright/shared';
import { COMMON_WORDS } from './common-words.ts';
import { buildMisspellings } from './misspellings.ts';

/** Ids of the patterns that a word matches, in ascending order. */
export type Matches = readonly number[];
/** The one value for a word that matches no pattern; compare with `===`. */
export const NO_MATCH: Matches = [];
/**
 * First among the ids of a word that one of two policies spells, while for the other it may be a misspelling of a pattern
 * that both have.
 */
export const DISPUTED = -1;

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
 * @param owners of each pattern, the policies that have it, as bits: what one policy spells keeps no other from reading a misspelling
 */
export function buildFindPatterns(
  patterns: readonly WordPattern[],
  reading: Reading = FOLDED,
  owners: readonly number[] = patterns.map(() => 1),
): (word: string) => Matches {
  const all = ownersOf(patterns.keys());
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

  function ownersOf(ids: Iterable<number>): number {
    let own = 0;
    for (const id of ids) own |= owners[id] ?? 0;
    return own;
  }

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
    const spelt = ownersOf(found);
    if (spelt === all) return inOrder(found);
    for (const read of readings) {
      if (COMMON_WORDS.has(read)) continue;
      for (const id of misspellings(read)) {
        const own = owners[id] ?? 0;
        if ((own & spelt) === 0) found.add(id);
        else if ((own & ~spelt) !== 0) found.add(DISPUTED);
      }
    }
    return inOrder(found);
  };
}

const inOrder = (found: ReadonlySet<number>): Matches =>
  found.size === 0 ? NO_MATCH : [...found].toSorted((a, b) => a - b);

function addTo(map: Map<string, number[]>, word: string, id: number): void {
  const ids = map.get(word);
  if (ids === undefined) map.set(word, [id]);
  else ids.push(id);
}

const lengthsOf = (words: ReadonlyMap<string, unknown>): number[] =>
  [...new Set([...words.keys()].map((word) => word.length))].toSorted((a, b) => a - b);

interface Node {
  readonly next: Map<number, Node>;
  readonly ids: number[];
}

const newNode = (): Node => ({ next: new Map(), ids: [] });

/**
 * Builds the look-up for `*rechnung*`: a trie of the policy's words, searched from each letter of a word.
 * @returns a function that adds the ids of those within a word.
 */
function buildInnerWords(
  words: ReadonlyArray<{ readonly id: number; readonly word: string }>,
): (word: string, found: Set<number>) => void {
  const root = newNode();
  for (const { id, word } of words) {
    let at = root;
    for (let i = 0; i < word.length; i++) {
      const letter = word.charCodeAt(i);
      const next = at.next.get(letter) ?? newNode();
      at.next.set(letter, next);
      at = next;
    }
    at.ids.push(id);
  }
  return (word, found) => {
    if (root.next.size === 0) return;
    for (let start = 0; start < word.length; start++) {
      let at = root.next.get(word.charCodeAt(start));
      for (let i = start + 1; at !== undefined; i++) {
        for (const id of at.ids) found.add(id);
        at = at.next.get(word.charCodeAt(i));
      }
    }
  };
}

/** Hook above, dot below and horn occur in no other language's everyday words; nor do two marks on one vowel. */
const VIETNAMESE = /[\u0309\u031B]|[aeiouy]\u0323|[aeo]\p{M}[\u0300\u0301\u0303]/u;
const MARK = /\p{M}|đ/gu;

/**
 * True when both words have marks, one of them has Vietnamese marks, and the marks differ: `đôi` (pair) is not `đổi`
 * (exchange). People who type without marks type none at all, so `doi` matches either. The position of a mark does not
 * count (`hóa`, `hoá`).
 */
function saysOtherTones(word: string, pattern: WordPattern | undefined): boolean {
  if (pattern === undefined || pattern.anyBeginning || pattern.anyEnding || /^[a-z0-9']*$/.test(word)) return false;
  const [typed, wanted] = [word.normalize('NFD'), pattern.word.normalize('NFD')];
  if (!VIETNAMESE.test(typed) && !VIETNAMESE.test(wanted)) return false;
  const [marks, wantedMarks] = [marksOf(typed), marksOf(wanted)];
  return marks !== '' && wantedMarks !== '' && marks !== wantedMarks;
}

const marksOf = (word: string): string => (word.match(MARK) ?? []).toSorted().join('');
