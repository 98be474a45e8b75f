// Finds which of many phrases a text has, read as the conditions of a policy read it.
import { parsePhrase } from '@deskwright/shared';
import { NO_MATCH } from './find-patterns.ts';
import { buildPhraseIndex, endOf, NO_PHRASE } from './phrase-index.ts';
import { buildWordReaders, phrasesOf } from './read-sections.ts';

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
