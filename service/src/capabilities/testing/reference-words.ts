// How would one find words and phrases in a text with no thought for speed?
import { COMMON_WORDS } from '../rules/common-words.ts';

export interface ReferencePattern {
  readonly word: string;
  readonly anyEnding: boolean;
  readonly misspelt: boolean;
}

const ALONE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Extended_Pictographic}';
const LETTER = `(?:(?![${ALONE}])[\\p{L}\\p{N}\\p{M}])`;
const WORDS = new RegExp(`[${ALONE}]|${LETTER}+(?:'${LETTER}+)*`, 'gu');

export const plainly = (text: string): string =>
  text
    .replace(/[\u2018\u2019\u201A\u201B\u2032\u02BC\u00B4\u0060\uFF07]/g, "'")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC');

export const foldPlainly = (text: string): string => plainly(text).toUpperCase().toLowerCase().normalize('NFKC');

export const wordsOf = (text: string): string[] =>
  [...foldPlainly(text).matchAll(WORDS)].map(([word]) => word.replaceAll("'", ''));

export function patternsOf(phrase: string): ReferencePattern[] {
  return phrase.split(/\s+/u).flatMap((chunk) =>
    wordsOf(chunk).map((word, at, all) => {
      const marks = at === all.length - 1 ? (/[*~]*$/.exec(chunk)?.[0] ?? '') : '';
      return { word, anyEnding: marks.includes('*'), misspelt: marks.includes('~') };
    }),
  );
}

/** The places where a phrase stands, as written (folded), in order. */
export function wordingsFound(
  texts: readonly string[],
  phrase: readonly ReferencePattern[],
  known: readonly ReferencePattern[],
): string[] {
  if (phrase.length === 0) return [];
  return texts.flatMap((text) => {
    const folded = foldPlainly(text);
    const words = [...folded.matchAll(WORDS)];
    return words.flatMap((first, at) => {
      const here = words.slice(at, at + phrase.length);
      const fits = phrase.every(
        (pattern, i) => here[i] !== undefined && fitsWord(here[i]?.[0].replaceAll("'", '') ?? '', pattern, known),
      );
      const last = here.at(-1);
      if (!fits || last === undefined) return [];
      return [folded.slice(first.index, last.index + last[0].length).replace(/\s+/gu, ' ')];
    });
  });
}

function fitsWord(word: string, pattern: ReferencePattern, known: readonly ReferencePattern[]): boolean {
  if (isSpelt(word, pattern)) return true;
  if (!pattern.misspelt || word.length > 40 || known.some((one) => isSpelt(word, one))) return false;
  if (COMMON_WORDS.has(word)) return false;
  const slips = pattern.word.length < 5 ? 0 : pattern.word.length < 9 ? 1 : 2;
  if (slips === 0 || !startsAlike(word, pattern.word)) return false;
  const readings = pattern.anyEnding ? Array.from({ length: word.length + 1 }, (_, end) => word.slice(0, end)) : [word];
  return readings.some((reading) => alignmentDistance(reading, pattern.word) <= slips);
}

const isSpelt = (word: string, { word: wanted, anyEnding }: ReferencePattern): boolean =>
  anyEnding ? word.startsWith(wanted) : word === wanted;

const startsAlike = (word: string, wanted: string): boolean =>
  word[0] === wanted[0] || (word[0] === wanted[1] && word[1] === wanted[0]);

/** Optimal string alignment distance, by its full table (https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). */
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
