// Which phrases of the policy occur in a text?
import type { WordPattern } from './parse-phrase.ts';
import type { Matches, Vocabulary } from './vocabulary.ts';
import { NO_MATCH } from './vocabulary.ts';

/** One stretch of text that a phrase may not leave (the subject, the description). */
export interface Section {
  /** Folded words, and for each the patterns it matches. */
  readonly words: readonly string[];
  readonly matches: readonly Matches[];
}

interface Phrase {
  readonly id: number;
  /** Pattern ids of the words after the first. */
  readonly rest: readonly number[];
}

/** Phrases by the pattern of their first word, so that a text only meets phrases which begin in it. */
export type PhraseIndex = ReadonlyArray<readonly Phrase[] | undefined>;

export function buildPhraseIndex(phrases: ReadonlyArray<readonly WordPattern[]>, vocabulary: Vocabulary): PhraseIndex {
  const index: Array<Phrase[] | undefined> = [];
  for (const [id, phrase] of phrases.entries()) {
    const [first, ...rest] = phrase.map((pattern) => vocabulary.idOf(pattern));
    if (first === undefined) continue;
    const list = index[first] ?? [];
    index[first] = list;
    list.push({ id, rest });
  }
  return Array.from(index);
}

/** Calls `hit` with the id of each phrase that occurs, once per place where it does, and how many words it has. */
export function findPhrases(
  index: PhraseIndex,
  section: Section,
  hit: (phraseId: number, at: number, length: number) => void,
): void {
  const { matches } = section;
  for (let at = 0; at < matches.length; at++) {
    const patterns = matches[at] ?? NO_MATCH;
    if (patterns === NO_MATCH) continue;
    for (const pattern of patterns) {
      for (const phrase of index[pattern] ?? []) {
        if (follows(phrase.rest, matches, at + 1)) hit(phrase.id, at, phrase.rest.length + 1);
      }
    }
  }
}

function follows(rest: readonly number[], matches: readonly Matches[], from: number): boolean {
  for (let i = 0; i < rest.length; i++) {
    if (!matches[from + i]?.includes(rest[i] ?? -1)) return false;
  }
  return true;
}
