// Parses one word or phrase of a policy.
import { standsAlone } from './char-kinds.ts';
import { plainText, smallText } from './fold-text.ts';
import type { WrittenWord } from './split-words.ts';
import { wordsIn } from './split-words.ts';

/** The prefix of a phrase whose letters must match exactly. */
export const EXACTLY = 'exact:';

/** Length limits of words that may be misspelt (see `allowedSlips`). */
export const SHORTEST_MISSPELT = 5;
export const LONGEST_MISSPELT = 40;

/** One word of a phrase. */
export interface WordPattern {
  /** In lower case (with `exact:` as written), including inner apostrophes and hyphens. */
  readonly word: string;
  /** `*rechnung`: the word with any beginning. */
  readonly anyBeginning: boolean;
  /** `refund*`: the word with any ending. */
  readonly anyEnding: boolean;
  /** `refund~`: the word, or a misspelling of it. */
  readonly misspelt: boolean;
}

export interface Phrase {
  readonly isExact: boolean;
  /** The words in order; several lists if a character or a Korean space allows one word or two. Empty: it can never be found. */
  readonly ways: ReadonlyArray<readonly WordPattern[]>;
  /** In scripts without spaces: must it begin, or end, at a word boundary? */
  readonly beginsWord: boolean;
  readonly endsWord: boolean;
}

/** If more words of a phrase have a hyphen or an apostrophe, either all use their first reading or all their last. */
const MOST_CHOICES = 3;
/** Korean words that are often written without a space between: `주문 취소`, `주문취소`. */
const KOREAN_WORDS = /^\p{Script=Hangul}+(?: \p{Script=Hangul}+){1,2}\*?$/u;

/**
 * Reads a phrase of a policy. A word may begin with `*` (any beginning) and end with `*` (any ending), `~`
 * (misspellings count) or both, in either order. The phrase may begin with `exact:`.
 */
export function parsePhrase(phrase: string): Phrase {
  const isExact = phrase.startsWith(EXACTLY);
  const text = isExact ? plainText(phrase.slice(EXACTLY.length)) : smallText(phrase);
  const chunks = text.split(/\s+/u).flatMap((chunk) => {
    const marks = marksOf(chunk);
    const words = wordsIn(chunk);
    const [apart, joined] = [toPatterns(words, marks, 1), toPatterns(words, marks)];
    const ways = joined.length === apart.length ? [apart] : [apart, joined];
    if (!isExact && !marks.misspelt && apart.some(({ word }) => word.includes("'"))) ways.push(openedAt(apart));
    return words.length === 0 ? [] : [{ marks, apart, ways }];
  });
  const [first, last] = [chunks.at(0), chunks.at(-1)];
  const ways = waysOf(chunks.map((chunk) => chunk.ways));
  return {
    isExact,
    ways: !isExact && KOREAN_WORDS.test(text) ? [...ways, ...parsePhrase(text.replaceAll(' ', '')).ways] : ways,
    beginsWord: first !== undefined && !first.marks.anyBeginning && standsAlone(first.apart.at(0)?.word ?? ''),
    endsWord: last !== undefined && !last.marks.anyEnding && standsAlone(last.apart.at(-1)?.word ?? ''),
  };
}

/** With a space for each apostrophe, as some people type it: `aujourd hui`, `un altra`. */
const openedAt = (words: readonly WordPattern[]): WordPattern[] =>
  words.flatMap((pattern) => {
    const parts = pattern.word.split("'");
    return parts.map((word, at) => ({
      ...pattern,
      word,
      anyBeginning: at === 0 && pattern.anyBeginning,
      anyEnding: at === parts.length - 1 && pattern.anyEnding,
    }));
  });

/** The marks on the text between two spaces. */
function marksOf(chunk: string): Omit<WordPattern, 'word'> {
  const ending = /[*~]*$/.exec(chunk)?.[0] ?? '';
  return { anyBeginning: chunk.startsWith('*'), anyEnding: ending.includes('*'), misspelt: ending.includes('~') };
}

/** The words of a chunk, each joined with as many as a hyphen joins it with, or with `most`. */
function toPatterns(
  words: readonly WrittenWord[],
  marks: Omit<WordPattern, 'word'>,
  most = words.length,
): WordPattern[] {
  const chosen: string[] = [];
  let place = 0;
  for (let next = widest(words, place, most); next !== undefined; next = widest(words, place, most)) {
    chosen.push(next.written);
    place += next.parts;
  }
  return chosen.map((word, at) => {
    const isLast = at === chosen.length - 1 && !standsAlone(word);
    return {
      word,
      anyBeginning: at === 0 && marks.anyBeginning && !standsAlone(word),
      anyEnding: isLast && marks.anyEnding,
      misspelt: isLast && marks.misspelt,
    };
  });
}

const widest = (words: readonly WrittenWord[], place: number, most: number): WrittenWord | undefined =>
  words.findLast((word) => word.place === place && word.parts <= most);

/** Every combination of the chunks' readings. */
function waysOf(chunks: ReadonlyArray<ReadonlyArray<readonly WordPattern[]>>): ReadonlyArray<readonly WordPattern[]> {
  if (chunks.length === 0) return [];
  if (chunks.filter((ways) => ways.length > 1).length > MOST_CHOICES) {
    return [chunks.flatMap((ways) => ways[0] ?? []), chunks.flatMap((ways) => ways.at(-1) ?? [])];
  }
  return chunks.reduce<ReadonlyArray<readonly WordPattern[]>>(
    (all, ways) => all.flatMap((begun) => ways.map((way) => [...begun, ...way])),
    [[]],
  );
}
