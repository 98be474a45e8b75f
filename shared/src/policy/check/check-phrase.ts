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
      ? `~ does nothing for "${shorten(phrase)}": tags are chosen, not typed, and compared in full; remove ~`
      : problemOf(phrase);
  return problem === null ? [] : [errorAt(path, problem)];
}

function problemOf(phrase: string): string | null {
  const { isExact, ways } = parsePhrase(phrase);
  const quoted = `"${shorten(phrase)}"`;
  if (ways.length === 0) return `${quoted} has no letter or digit, and word operators see only those; use matches`;
  const text = isExact ? phrase.slice(EXACTLY.length) : phrase;
  for (const chunk of text.trim().split(/\s+/u)) {
    const problem = chunkProblem(chunk);
    if (problem !== null) return problem;
  }
  if (isExact && text.includes('~')) return `${quoted} asks for exact letters and for misspellings; remove exact: or ~`;
  return null;
}

/** The problem of the marks on the text between two spaces. */
function chunkProblem(chunk: string): string | null {
  if (/^[*~]+$/.test(chunk)) return `"${chunk}" stands alone; write it next to a word, without a space: refund${chunk}`;
  if (chunk.startsWith('~')) return `"${shorten(chunk)}" begins with ~, which goes after the word: refund~`;
  if (/[^*~][*~]+[^*~]/.test(chunk))
    return `"${shorten(chunk)}" has ${chunk.includes('*') ? '*' : '~'} within a word; * is allowed at its beginning or end (*fund, refund*), ~ at its end`;
  const { ways } = parsePhrase(chunk);
  const words = ways[0] ?? [];
  const [first, last] = [words.at(0), words.at(-1)];
  if (first?.anyBeginning && lengthOf(first.word) < FEWEST_AFTER_STAR)
    return `"${shorten(chunk)}" is found in nearly every text; write more letters after the *`;
  if (last === undefined || !/~\*?$/.test(chunk)) return null;
  return misspeltProblem(chunk, last.word, first?.anyBeginning ?? false);
}

function misspeltProblem(chunk: string, word: string, anyBeginning: boolean): string | null {
  const nothing = `~ does nothing for "${shorten(chunk)}"`;
  if (standsAlone(word)) return `${nothing}: in scripts without spaces misspellings are not looked for; remove ~`;
  if (/^\p{N}+$/u.test(word)) return `${nothing}: a different number is not a misspelling; remove ~`;
  if (anyBeginning) return `${nothing}: with any beginning, misspellings are not looked for; remove ~ or the first *`;
  const length = lengthOf(word);
  if (length < SHORTEST_MISSPELT)
    return `${nothing}: misspellings are looked for in words of ${SHORTEST_MISSPELT} letters and more, and "${word}" has ${length}; remove ~`;
  return length > LONGEST_MISSPELT ? `${nothing}: the word is longer than ${LONGEST_MISSPELT} letters; remove ~` : null;
}

/** The number of letters of a word's longest reading. */
const lengthOf = (word: string): number => Math.max(...ruleReadings(word).map((reading) => reading.length));
