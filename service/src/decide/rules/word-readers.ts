// Lists the ways in which texts are read for the words of a policy.
import type { Phrase } from '@deskwright/shared';
import { cutForWords, plainText, smallForWords } from '@deskwright/shared';
import { EXACT, FOLDED } from './find-patterns.ts';
import type { SectionReader } from './read-sections.ts';
import { buildSectionReader } from './read-sections.ts';
import type { Vocabulary } from './vocabulary.ts';
import { buildVocabulary } from './vocabulary.ts';

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
