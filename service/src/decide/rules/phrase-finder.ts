// Finds whether a text contains one of several wordings.
import { parsePhrase } from '@deskwright/shared';
import { NO_MATCH } from './find-patterns.ts';
import type { PhraseIndex } from './phrase-index.ts';
import { buildPhraseIndex, endOf, NO_PHRASE } from './phrase-index.ts';
import type { Section } from './read-sections.ts';
import { buildWordReaders, phrasesOf } from './word-readers.ts';

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
