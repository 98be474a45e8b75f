// Which phrases of the policy can begin with a word?
import type { WordPattern } from './parse-phrase.ts';
import type { Section } from './read-sections.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface IndexedPhrase {
  readonly id: number;
  /** Pattern ids of the words after the first. */
  readonly rest: readonly number[];
}

/** Phrases by the pattern of their first word, so that a text only meets phrases which begin in it. */
export type PhraseIndex = ReadonlyArray<readonly IndexedPhrase[]>;

export const NO_PHRASE: readonly IndexedPhrase[] = [];

/** @param phrases their places are their ids; one without any word is in no list, as it can never be found. */
export function buildPhraseIndex(phrases: ReadonlyArray<readonly WordPattern[]>, vocabulary: Vocabulary): PhraseIndex {
  const index: IndexedPhrase[][] = [];
  for (const [id, phrase] of phrases.entries()) {
    const [first, ...rest] = phrase.map((pattern) => vocabulary.idOf(pattern));
    if (first === undefined) continue;
    while (index.length <= first) index.push([]);
    index[first]?.push({ id, rest });
  }
  return index;
}

/** Do the words from `from` on match the rest of a phrase? */
export function follows(rest: readonly number[], { matches, spans }: Section, from: number): boolean {
  if (from + rest.length > spans.count) return false;
  for (let i = 0; i < rest.length; i++) {
    if (!matches[from + i]?.includes(rest[i] ?? -1)) return false;
  }
  return true;
}
