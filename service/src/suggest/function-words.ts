// Finds the function words of texts (`the`, `im`, `dans`): those that say how other words belong together, not what a text is about.
import { splitWords } from '@deskwright/shared';
import { stopwords as dutch } from '@orama/stopwords/dutch';
import { stopwords as english } from '@orama/stopwords/english';
import { stopwords as french } from '@orama/stopwords/french';
import { stopwords as german } from '@orama/stopwords/german';
import { stopwords as italian } from '@orama/stopwords/italian';
import { stopwords as portuguese } from '@orama/stopwords/portuguese';
import { stopwords as spanish } from '@orama/stopwords/spanish';

/** In the list of Spanish, but what customers write about: account, arrived, hours, late, price and the like. */
const SPANISH_CONTENT: ReadonlySet<string> = new Set(
  'acuerdo cuenta horas informó llegó nueva nuevas nuevo nuevos realizado tarde trabajo uso valor'.split(' '),
);

const baseOf = (word: string): string => splitWords(word).join('');

const LANGUAGES: ReadonlyArray<ReadonlySet<string>> = [
  english,
  german,
  french,
  spanish.filter((word) => !SPANISH_CONTENT.has(word)),
  portuguese,
  italian,
  dutch,
].map((words) => new Set(words.map(baseOf).filter((word) => word !== '')));

/** Of the texts whose language is clear, the least share that a language must have: single texts look like others. */
const LEAST_SHARE = 0.05;

/**
 * For each text the numbers of its function words, in the language of that text: `die` is none where English is written. A text that
 * could be of several languages is taken for the one most frequent among all; languages without a list have no function words.
 * @param read the texts as numbers of words
 * @param written how each word is written
 */
export function findFunctionWords(
  read: ReadonlyArray<readonly number[]>,
  written: readonly string[],
): ReadonlyArray<ReadonlySet<number>> {
  const lists = LANGUAGES.map((list) => {
    const isListed = (word: string): boolean => list.has(baseOf(word));
    return new Set([...written.keys()].filter((at) => isFunctionWord(written[at] ?? '', isListed)));
  });
  const clear = read.flatMap((words) => mostOf(words, lists, true) ?? []);
  const countOf = (list: ReadonlySet<number>): number => clear.filter((other) => other === list).length;
  const used = lists
    .map((list) => ({ list, texts: countOf(list) }))
    .filter(({ texts }) => texts > 0 && texts >= clear.length * LEAST_SHARE)
    .toSorted((a, b) => b.texts - a.texts)
    .map(({ list }) => list);
  return read.map((words) => mostOf(words, used, false) ?? new Set<number>());
}

/** `j'ai` is two of them. */
const isFunctionWord = (word: string, isListed: (word: string) => boolean): boolean =>
  isListed(word) || (word.includes("'") && word.split("'").every(isListed));

/** The list that has most of the words; of equal ones the first, or with `onlyOne` none. */
function mostOf(
  words: readonly number[],
  lists: ReadonlyArray<ReadonlySet<number>>,
  onlyOne: boolean,
): ReadonlySet<number> | undefined {
  const counts = lists.map((list) => words.filter((word) => list.has(word)).length);
  const most = Math.max(...counts);
  if (onlyOne && (most === 0 || counts.indexOf(most) !== counts.lastIndexOf(most))) return undefined;
  return lists[counts.indexOf(most)];
}
