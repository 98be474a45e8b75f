// Checks that a word or phrase can match as its marks intend.
import { standsAlone } from '../../words/char-kinds.ts';
import { EXACTLY, LONGEST_MISSPELT, parsePhrase, SHORTEST_MISSPELT } from '../../words/parse-phrase.ts';
import { ruleReadings } from '../../words/word-readings.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { shorten } from './check-spelling.ts';

/** Fewest letters of a word with any beginning: a single letter occurs in nearly every text. */
const FEWEST_AFTER_STAR = 2;

/**
 * The first problem of a text that is searched for as words; null if there is none.
 * @param isEntry it is compared with whole tags
 */
export function checkPhrase(phrase: string, path: PolicyPath, isEntry = false): Finding[] {
  const problem =
    isEntry && phrase.includes('~')
      ? `~ does nothing for "${shorten(phrase)}": tags are compared exactly; remove ~`
      : problemOf(phrase);
  return problem === null ? [] : [errorAt(path, problem)];
}

function problemOf(phrase: string): string | null {
  const { isExact, ways } = parsePhrase(phrase);
  const quoted = `"${shorten(phrase)}"`;
  if (ways.length === 0)
    return `${quoted} contains no letter or digit, and word operators match only those; use matches`;
  const text = isExact ? phrase.slice(EXACTLY.length) : phrase;
  for (const chunk of text.trim().split(/\s+/u)) {
    const problem = chunkProblem(chunk);
    if (problem !== null) return problem;
  }
  if (isExact && text.includes('~')) return `${quoted} combines exact: with ~ (misspellings); remove one of them`;
  return null;
}

/** The problem of the marks on the text between two spaces. */
function chunkProblem(chunk: string): string | null {
  if (/^[*~]+$/.test(chunk)) return `"${chunk}" must be attached to a word, without a space: refund${chunk}`;
  if (chunk.startsWith('~')) return `"${shorten(chunk)}" starts with ~, which must follow the word: refund~`;
  if (/[^*~][*~]+[^*~]/.test(chunk))
    return `"${shorten(chunk)}" has ${chunk.includes('*') ? '*' : '~'} inside a word; * is allowed at the start or end of a word (*fund, refund*), ~ at the end`;
  const { ways } = parsePhrase(chunk);
  const words = ways[0] ?? [];
  const [first, last] = [words.at(0), words.at(-1)];
  if (first?.anyBeginning && lengthOf(first.word) < FEWEST_AFTER_STAR)
    return `"${shorten(chunk)}" matches nearly every text; write more letters after the *`;
  if (last === undefined || !/~\*?$/.test(chunk)) return null;
  return misspeltProblem(chunk, last.word, first?.anyBeginning ?? false);
}

function misspeltProblem(chunk: string, word: string, anyBeginning: boolean): string | null {
  const nothing = `~ does nothing for "${shorten(chunk)}"`;
  if (standsAlone(word)) return `${nothing}: misspellings are not matched in scripts without spaces; remove ~`;
  if (/^\p{N}+$/u.test(word)) return `${nothing}: misspellings are not matched in numbers; remove ~`;
  if (anyBeginning)
    return `${nothing}: misspellings are not matched in words that start with *; remove ~ or the first *`;
  const length = lengthOf(word);
  if (length < SHORTEST_MISSPELT)
    return `${nothing}: misspellings are matched only in words of at least ${SHORTEST_MISSPELT} letters, and "${word}" has ${length}; remove ~`;
  return length > LONGEST_MISSPELT ? `${nothing}: the word is longer than ${LONGEST_MISSPELT} letters; remove ~` : null;
}

/** The number of letters of a word's longest reading. */
const lengthOf = (word: string): number => Math.max(...ruleReadings(word).map((reading) => reading.length));
