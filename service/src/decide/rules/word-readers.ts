// Numbers the distinct words of a policy, and lists the ways in which texts are read for them.
import { cutForWords, type Phrase, plainText, smallForWords, type WordPattern } from '@deskwright/shared';
import { buildFindPatterns, EXACT, FOLDED, type Reading } from './find-patterns.ts';
import { buildSectionReader, type SectionReader } from './read-sections.ts';
import { type LookUp, rememberWords } from './word-memory.ts';

/** One way of reading: for phrases without `exact:`, or for those with it. */
export interface WordReader {
  readonly isExact: boolean;
  readonly vocabulary: Vocabulary;
  readonly sections: SectionReader;
}

const plainForWords = (text: string): string => cutForWords(plainText(cutForWords(text)));

/** The readers that some phrases need: a policy without `exact:` reads each text once. */
export function buildWordReaders(phrases: readonly Phrase[]): readonly WordReader[] {
  return [false, true].flatMap((isExact) => {
    const own = phrases.filter((phrase) => phrase.isExact === isExact);
    if (own.length === 0) return [];
    const vocabulary = buildVocabulary(
      own.flatMap(({ ways }) => ways.flat()),
      isExact ? EXACT : FOLDED,
    );
    const prepare = isExact ? plainForWords : smallForWords;
    return [{ isExact, vocabulary, sections: buildSectionReader(vocabulary.lookUp, prepare) }];
  });
}

/** Of phrases whose indexes are their ids, those that a reader looks for. */
export const phrasesOf = ({ isExact }: WordReader, phrases: readonly Phrase[]): ReadonlyMap<number, Phrase> =>
  new Map([...phrases.entries()].filter(([, phrase]) => phrase.isExact === isExact));

export interface Vocabulary {
  /** The number of a pattern; the same pattern always has the same one. */
  readonly idOf: (pattern: WordPattern) => number;
  readonly lookUp: LookUp;
}

/** Numbers the distinct words of a policy, for one index over all its phrases. */
function buildVocabulary(patterns: Iterable<WordPattern>, reading: Reading = FOLDED): Vocabulary {
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
