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

/** Is the known word `from` followed at once by the rest of a phrase? */
export function follows(rest: readonly number[], { count, places, matches }: Section, from: number): boolean {
  if (rest.length === 0) return true;
  const last = from + rest.length;
  if (last >= count || (places[last] ?? 0) - (places[from] ?? 0) !== rest.length) return false;
  for (let i = 0; i < rest.length; i++) if (!matches[from + 1 + i]?.includes(rest[i] ?? -1)) return false;
  return true;
}
