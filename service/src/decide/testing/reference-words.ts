// Finds words and phrases in a text in the simplest way.
import * as shared from '@deskwright/shared';
import { COMMON_WORDS } from '../rules/common-words.ts';
import { edgesOf } from '../rules/unspaced-edges.ts';

export interface ReferencePattern {
  readonly word: string;
  readonly anyEnding: boolean;
  readonly misspelt: boolean;
}

const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const ALONE = `(?:(?=[${UNSPACED}])(?!\\p{Nd})[\\p{L}\\p{N}\\p{M}]|\\p{Extended_Pictographic})`;
const LETTER = `(?:(?!${ALONE})[\\p{L}\\p{N}\\p{M}])`;
const WORDS = new RegExp(`${ALONE}|${LETTER}+(?:'${LETTER}+)*`, 'gu');
const ONE_ALONE = new RegExp(`^${ALONE}`, 'u');

/** A word of a text: where it begins and ends, its position, and how many words it is joined from. */
interface Token {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly place: number;
  readonly parts: number;
}

/** The same few words are read for every condition. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(text));
    return known.get(text) as T;
  };
}
const ruleReadings = once(shared.ruleReadings);
const textReadings = once(shared.textReadings);
const tokensOf = once(readTokens);

const small = (text: string): string => shared.plainText(text).toLowerCase();

function readTokens(text: string): readonly Token[] {
  const single = [...text.matchAll(WORDS)].map(
    ({ 0: written, index: start }, place): Token => ({ written, start, end: start + written.length, place, parts: 1 }),
  );
  const isJoined = (left: Token, right: Token | undefined): right is Token =>
    right !== undefined &&
    text.slice(left.end, right.start) === '-' &&
    !ONE_ALONE.test(left.written) &&
    !ONE_ALONE.test(right.written) &&
    !(/[0-9]$/.test(left.written) && /^[0-9]/.test(right.written));
  return single.flatMap((first, place) => {
    const tokens = [first];
    for (let parts = 2; parts <= 3; parts++) {
      const [before, last] = [single[place + parts - 2], single[place + parts - 1]];
      if (before === undefined || !isJoined(before, last)) break;
      tokens.push({ ...first, written: text.slice(first.start, last.end), end: last.end, parts });
    }
    return tokens;
  });
}

export const wordsOf = (text: string): string[] =>
  tokensOf(small(text)).flatMap(({ written, parts }) => (parts === 1 ? [ruleReadings(written)[0] ?? ''] : []));

/** The words of a phrase, for each way of reading its hyphens. */
export function patternsOf(phrase: string): ReferencePattern[][] {
  return small(phrase)
    .split(/\s+/u)
    .reduce<ReferencePattern[][]>(
      (ways, chunk) => {
        const marks = /[*~]*$/.exec(chunk)?.[0] ?? '';
        const tokens = tokensOf(chunk);
        const read = (most: number): ReferencePattern[] => {
          const words: string[] = [];
          for (let place = 0; ; ) {
            const token = tokens.findLast((one) => one.place === place && one.parts <= most);
            if (token === undefined) break;
            words.push(token.written);
            place += token.parts;
          }
          return words.map((word, at) => {
            const isMarked = at === words.length - 1 && !ONE_ALONE.test(word);
            return { word, anyEnding: isMarked && marks.includes('*'), misspelt: isMarked && marks.includes('~') };
          });
        };
        const [apart, joined] = [read(1), read(3)];
        const choices = apart.length === joined.length ? [apart] : [apart, joined];
        return ways.flatMap((way) => choices.map((choice) => [...way, ...choice]));
      },
      [[]],
    );
}

/** The occurrences of a phrase, as written (in lower case), in order. */
export function wordingsFound(texts: readonly string[], phrase: string, known: readonly ReferencePattern[]): string[] {
  const ways = patternsOf(phrase).filter((way) => way.length > 0);
  const trimmed = phrase.trim().replace(/~+$/, '');
  const beginsWord = ONE_ALONE.test(small(trimmed));
  const endsWord = ONE_ALONE.test(small(trimmed).match(/.$/u)?.[0] ?? '');
  return texts.flatMap((text) => {
    const read = small(text);
    const tokens = tokensOf(read);
    const { fits } = edgesOf(read);
    const endsFrom = (way: readonly ReferencePattern[], from: Token): Token[] => {
      const [pattern, ...rest] = way;
      if (pattern === undefined || !fitsWord(from.written, pattern, known)) return [];
      if (rest.length === 0) return [from];
      return tokens.filter((one) => one.place === from.place + from.parts).flatMap((one) => endsFrom(rest, one));
    };
    return tokens.flatMap((first) =>
      ways
        .flatMap((way) => endsFrom(way, first).slice(0, 1))
        .filter((last) => !(beginsWord || endsWord) || fits(first.start, last.end, beginsWord, endsWord))
        .map((last) => read.slice(first.start, last.end).replace(/\s+/gu, ' ')),
    );
  });
}

function fitsWord(word: string, pattern: ReferencePattern, known: readonly ReferencePattern[]): boolean {
  if (isSpelt(word, pattern)) return true;
  if (!pattern.misspelt || known.some((one) => isSpelt(word, one))) return false;
  return textReadings(word).some((typed) =>
    ruleReadings(pattern.word).some((wanted) => isSlip(typed, wanted, pattern)),
  );
}

function isSlip(word: string, wanted: string, { anyEnding }: ReferencePattern): boolean {
  if (COMMON_WORDS.has(word) || word.length > 40) return false;
  const slips = wanted.length < 5 ? 0 : wanted.length < 9 ? 1 : 2;
  if (slips === 0 || !startsAlike(word, wanted)) return false;
  const typed = anyEnding ? Array.from({ length: word.length + 1 }, (_, end) => word.slice(0, end)) : [word];
  return typed.some((reading) => alignmentDistance(reading, wanted) <= slips);
}

const isSpelt = (word: string, pattern: ReferencePattern): boolean =>
  textReadings(word).some((typed) =>
    ruleReadings(pattern.word).some((wanted) => (pattern.anyEnding ? typed.startsWith(wanted) : typed === wanted)),
  );

const startsAlike = (word: string, wanted: string): boolean =>
  word[0] === wanted[0] || (word[0] === wanted[1] && word[1] === wanted[0]);

/** Optimal string alignment distance, by the full table (https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). */
export function alignmentDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      const row = table[i];
      if (row !== undefined) row[j] = best;
    }
  }
  return at(a.length, b.length);
}
