// Proposes words and phrases for triggers, from the texts themselves.
import { scanWords, segmentsOf, smallForWords, splitWords, standsAlone } from '@deskwright/shared';
import { findFunctionWords } from './function-words.ts';

/** The rarest are left out. */
const MOST_PHRASES = 20_000;
/** Words read of all texts together; of many long texts only the beginnings, where they say what they are about. */
const MOST_READ = 1_500_000;
const MOST_READ_OF_TEXT = 300;
/** `cancel*` for cancel, cancelled, cancelling: a shorter beginning is common to words that have nothing to do with each other. */
const SHORTEST_BEGINNING = 5;
const LONGEST_ENDING = 4;
const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' });
/** Characters segmented at once; see `segmentsOf`. */
const WINDOW = 256;

interface Proposal {
  readonly phrase: string;
  readonly words: number;
  readonly texts: number;
  /** False: all its words are function words in most of its texts. */
  readonly hasContent: boolean;
}

/**
 * Words, phrases of two and three words, and beginnings that several words share (`cancel*`), as people write them most often. The most
 * frequent come first; of equally frequent ones the shorter. Numbers alone are none: a person would not look for the number of a house.
 * Nor are function words alone (`im`, `where my`), which indicate a category by chance only.
 * @param texts each in the parts that a phrase may not cross
 * @param fewest the fewest texts that one must stand in
 */
export function proposePhrases(texts: ReadonlyArray<readonly string[]>, fewest: number): readonly string[] {
  const { read, written } = readAll(texts);
  const functionWords = findFunctionWords(read, written);
  const count = (own: typeof read, length: number) => countPhrases(own, length, fewest, written, functionWords);
  const singles = count(read, 1);
  const common = new Set(singles.map(({ key }) => key));
  const known = read.map((words) => words.map((word) => (common.has(word) ? word : GAP)));
  const longer = [2, 3].flatMap((length) => count(known, length));
  const content = singles.filter(({ hasContent }) => hasContent);
  return [...content, ...beginningsOf(content, fewest), ...longer]
    .filter(({ phrase, hasContent }) => hasContent && !/^[\p{N}\s]+$/u.test(phrase))
    .toSorted((a, b) => b.texts - a.texts || a.words - b.words || (a.phrase < b.phrase ? -1 : 1))
    .slice(0, MOST_PHRASES)
    .map(({ phrase }) => phrase);
}

/** Between the parts of a text, and for a word that is too rare for a phrase. */
const GAP = -1;

/** The texts as numbers of words, and how each word is written most often. */
function readAll(texts: ReadonlyArray<readonly string[]>) {
  const ids = new Map<string, number>();
  const spellings: Array<Map<string, number>> = [];
  const read: number[][] = [];
  const most = Math.min(MOST_READ_OF_TEXT, Math.ceil(MOST_READ / texts.length));
  for (const parts of texts) {
    const words: number[] = [];
    for (const part of parts) {
      for (const written of wordsOf(part, most)) {
        const base = splitWords(written).join('');
        const id = ids.get(base) ?? ids.size;
        ids.set(base, id);
        const own = (spellings[id] ??= new Map<string, number>());
        own.set(written, (own.get(written) ?? 0) + 1);
        words.push(id);
      }
      words.push(GAP);
    }
    read.push(words);
  }
  return { read, written: spellings.map(mostFrequent) };
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? '';
}

/** The first words of a text as the engine cuts them; in scripts without spaces, those of a dictionary. */
function wordsOf(text: string, most: number): string[] {
  const small = smallForWords(text);
  const words: string[] = [];
  let run = { start: 0, end: 0 };
  const closeRun = (): void => {
    words.push(...segmentsOf(small.slice(run.start, run.end), SEGMENTER, WINDOW));
    run = { start: 0, end: 0 };
  };
  const at = Uint16Array.from({ length: small.length }, (_, i) => small.charCodeAt(i));
  scanWords({ at, length: small.length }, (start, end, _, parts) => {
    if (parts > 1 || words.length >= most) return;
    const word = small.slice(start, end);
    const isAlone = standsAlone(word);
    if (!isAlone || start !== run.end) closeRun();
    if (!isAlone) words.push(word);
    else run = { start: run.end === start && run.end > 0 ? run.start : start, end };
  });
  closeRun();
  return words.slice(0, most);
}

/** Counts each run of `length` words once a text. `key`: the number of its first word. */
function countPhrases(
  read: ReadonlyArray<readonly number[]>,
  length: number,
  fewest: number,
  written: readonly string[],
  functionWords: ReadonlyArray<ReadonlySet<number>>,
): Array<Proposal & { readonly key: number }> {
  const size = written.length + 1;
  const counts = new Map<number, { texts: number; content: number; last: number; readonly words: readonly number[] }>();
  for (const [text, words] of read.entries()) {
    const isFunctionWord = (word: number): boolean => functionWords[text]?.has(word) === true;
    for (let from = 0; from + length <= words.length; from++) {
      let key = 0;
      for (let i = 0; i < length && key >= 0; i++) {
        const word = words[from + i] ?? GAP;
        key = word === GAP ? GAP : key * size + word;
      }
      if (key < 0) continue;
      const known = counts.get(key) ?? { texts: 0, content: 0, last: -1, words: words.slice(from, from + length) };
      if (known.last === text) continue;
      counts.set(key, known);
      known.texts++;
      known.last = text;
      if (!known.words.every(isFunctionWord)) known.content++;
    }
  }
  return [...counts.values()]
    .filter(({ texts }) => texts >= fewest)
    .map(({ texts, content, words }) => ({
      key: words[0] ?? GAP,
      phrase: joined(words.map((word) => written[word] ?? '')),
      words: length,
      texts,
      hasContent: content * 2 > texts,
    }));
}

/** With spaces, save between words of scripts without. */
function joined(words: readonly string[]): string {
  let text = '';
  for (const word of words) {
    const isUnspaced = standsAlone(text.slice(-1)) && standsAlone(word);
    text += text === '' || isUnspaced ? word : ` ${word}`;
  }
  return text;
}

function beginningsOf(singles: readonly Proposal[], fewest: number): Proposal[] {
  const beginnings = new Map<string, { texts: number; words: number; isWord: boolean }>();
  for (const { phrase, texts } of singles) {
    if (!/^\p{L}+$/u.test(phrase) || standsAlone(phrase)) continue;
    const shortest = Math.max(SHORTEST_BEGINNING, phrase.length - LONGEST_ENDING);
    for (let length = shortest; length <= phrase.length; length++) {
      const beginning = phrase.slice(0, length);
      const known = beginnings.get(beginning) ?? { texts: 0, words: 0, isWord: false };
      known.texts += texts;
      known.words++;
      known.isWord ||= length === phrase.length;
      beginnings.set(beginning, known);
    }
  }
  return [...beginnings]
    .filter(([, { texts, words, isWord }]) => texts >= fewest && isWord && words > 1)
    .map(([beginning, { texts }]) => ({ phrase: `${beginning}*`, words: 1, texts, hasContent: true }));
}
