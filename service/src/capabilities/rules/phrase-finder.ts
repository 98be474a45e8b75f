// Does a text say one of some wordings?
import { NO_MATCH } from './find-patterns.ts';
import { parsePhrase } from './parse-phrase.ts';
import { buildPhraseIndex, follows, NO_PHRASE } from './phrase-index.ts';
import { buildSectionReader } from './read-sections.ts';
import { buildVocabulary } from './vocabulary.ts';

/** Matches as `includes_any` does: whole words, whatever their case. A wording without a word is never found. */
export function buildPhraseFinder(phrases: readonly string[]): (text: string) => boolean {
  const parsed = phrases.map(parsePhrase);
  const vocabulary = buildVocabulary(parsed.flat());
  const index = buildPhraseIndex(parsed, vocabulary);
  const sections = buildSectionReader(vocabulary.lookUp);
  return (text) => {
    sections.reset();
    const section = sections.read(text);
    for (let at = 0; at < section.count; at++) {
      for (const pattern of section.matches[at] ?? NO_MATCH) {
        if ((index[pattern] ?? NO_PHRASE).some((phrase) => follows(phrase.rest, section, at))) return true;
      }
    }
    return false;
  };
}
