// Numbers the distinct words of a policy and finds them in a text.
import type { WordPattern } from '@deskwright/shared';
import type { Reading } from './find-patterns.ts';
import { buildFindPatterns, FOLDED } from './find-patterns.ts';
import type { LookUp } from './word-memory.ts';
import { rememberWords } from './word-memory.ts';

export interface Vocabulary {
  /** The number of a pattern; the same pattern always has the same one. */
  readonly idOf: (pattern: WordPattern) => number;
  readonly lookUp: LookUp;
}

/** Numbers the distinct words of a policy, for one index over all its phrases. */
export function buildVocabulary(patterns: Iterable<WordPattern>, reading: Reading = FOLDED): Vocabulary {
  const ids = new Map<string, number>();
  const distinct: WordPattern[] = [];
  for (const pattern of patterns) {
    const key = keyOf(pattern);
    if (!ids.has(key)) ids.set(key, distinct.push(pattern) - 1);
  }
  return {
    idOf: (pattern) => ids.get(keyOf(pattern)) ?? -1,
    lookUp: rememberWords(buildFindPatterns(distinct, reading)),
  };
}

const keyOf = ({ word, anyBeginning, anyEnding, misspelt }: WordPattern): string =>
  `${anyBeginning ? '*' : ''}${word}${anyEnding ? '*' : ''}${misspelt ? '~' : ''}`;
