// Finds the policy's phrases in a text.
import { type Phrase, parsePhrase } from '@deskwright/shared';
import { NO_MATCH } from './find-patterns.ts';
import { buildWordReaders, phrasesOf, type Section, type Vocabulary } from './read-sections.ts';
import { edgesOf } from './unspaced-edges.ts';

interface IndexedPhrase {
  readonly id: number;
  /** Pattern ids of the words after the first. */
  readonly rest: readonly number[];
  /** In scripts without spaces: must it begin, or end, at a word boundary? */
  readonly beginsWord: boolean;
  readonly endsWord: boolean;
}

/** Phrases by the pattern of their first word, so that a text is only compared with phrases that begin in it. */
export type PhraseIndex = ReadonlyArray<readonly IndexedPhrase[]>;

/** Alternative readings of hyphenated words followed at once; enough for every reading that a policy means. */
const MOST_WAYS = 6;

export const NO_PHRASE: readonly IndexedPhrase[] = [];

/** @param phrases by id; a phrase without any word is in no list, because it can never be found */
export function buildPhraseIndex(phrases: ReadonlyMap<number, Phrase>, vocabulary: Vocabulary): PhraseIndex {
  const index: Array<IndexedPhrase[] | undefined> = [];
  for (const [id, { ways, beginsWord, endsWord }] of phrases) {
    for (const way of ways) {
      const [first, ...rest] = way.map((pattern) => vocabulary.idOf(pattern));
      if (first === undefined) continue;
      while (index.length <= first) index.push(undefined);
      (index[first] ??= []).push({ id, rest, beginsWord, endsWord });
    }
  }
  return index.map((own) => own ?? NO_PHRASE);
}

/**
 * The known word that ends a phrase starting at the known word `from`; -1: the phrase is not there. A word that
 * is joined from several leads to the one after them, so there may be several ways through a text; all are followed
 * at once, word by word.
 */
export function endOf({ rest, beginsWord, endsWord }: IndexedPhrase, section: Section, from: number): number {
  const last = rest.length === 0 ? from : lastOf(rest, section, from);
  if (last < 0 || !(beginsWord || endsWord)) return last;
  section.edges ??= edgesOf(section.read);
  return section.edges.fits(section.starts[from] ?? 0, section.ends[last] ?? 0, beginsWord, endsWord) ? last : -1;
}

function lastOf(rest: readonly number[], section: Section, from: number): number {
  if (nextAt(section, from, rest[0] ?? -1, from + 1) < 0) return -1;
  let reached = [from];
  for (const pattern of rest) {
    const next: number[] = [];
    for (const word of reached) {
      let at = nextAt(section, word, pattern, word + 1);
      for (; at >= 0; at = nextAt(section, word, pattern, at + 1))
        if (next.length < MOST_WAYS && !next.includes(at)) next.push(at);
    }
    if (next.length === 0) return -1;
    reached = next;
  }
  return reached[0] ?? -1;
}

/** The first known word, from index `at` of the list on, that comes right after a word and matches; -1: none. */
function nextAt({ count, places, parts, matches }: Section, word: number, pattern: number, at: number): number {
  const place = (places[word] ?? 0) + (parts[word] ?? 1);
  for (let i = at; i < count && (places[i] ?? 0) <= place; i++) {
    if (places[i] === place && matches[i]?.includes(pattern)) return i;
  }
  return -1;
}

/** Matches like `includes_any`: whole words, case-insensitive. A wording without a word is never found. */
export function buildPhraseFinder(phrases: readonly string[]): (text: string) => boolean {
  const parsed = phrases.map(parsePhrase);
  const readers = buildWordReaders(parsed).map((reader) => ({
    sections: reader.sections,
    index: buildPhraseIndex(phrasesOf(reader, parsed), reader.vocabulary),
  }));
  return (text) =>
    readers.some(({ sections, index }) => {
      sections.reset();
      return hasPhrase(sections.read(text), index);
    });
}

function hasPhrase(section: Section, index: PhraseIndex): boolean {
  for (let at = 0; at < section.count; at++) {
    for (const pattern of section.matches[at] ?? NO_MATCH) {
      if ((index[pattern] ?? NO_PHRASE).some((phrase) => endOf(phrase, section, at) >= 0)) return true;
    }
  }
  return false;
}

/**
 * Compiles the search for many phrases.
 * @returns a function that gives the places in `phrases` of those that one of the texts has, each once and unordered; no phrase begins
 * in one text and ends in another
 */
export function buildPhraseSets(phrases: readonly string[]): (texts: readonly string[]) => number[] {
  const parsed = phrases.map(parsePhrase);
  const readers = buildWordReaders(parsed).map((reader) => ({
    sections: reader.sections,
    index: buildPhraseIndex(phrasesOf(reader, parsed), reader.vocabulary),
  }));
  const seenIn = new Float64Array(phrases.length);
  let ticket = 0;
  return (texts) => {
    ticket++;
    const found: number[] = [];
    for (const { sections, index } of readers) {
      sections.reset();
      for (const text of texts) {
        const section = sections.read(text);
        for (let at = 0; at < section.count; at++) {
          for (const pattern of section.matches[at] ?? NO_MATCH) {
            for (const phrase of index[pattern] ?? NO_PHRASE) {
              if (seenIn[phrase.id] === ticket || endOf(phrase, section, at) < 0) continue;
              seenIn[phrase.id] = ticket;
              found.push(phrase.id);
            }
          }
        }
      }
    }
    return found;
  };
}
