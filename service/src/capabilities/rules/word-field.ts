// Which word conditions about one field hold, and which words did they find?
import type { TicketFacts } from '@deskwright/shared';
import { cutText } from './cut-text.ts';
import { NO_MATCH } from './find-patterns.ts';
import { foldText } from './fold-text.ts';
import type { WordOperator } from './leaf.ts';
import type { Met } from './measure-tree.ts';
import { parsePhrase } from './parse-phrase.ts';
import { buildPhraseIndex, follows, NO_PHRASE } from './phrase-index.ts';
import type { Section, SectionReader } from './read-sections.ts';
import { wordingAt } from './read-sections.ts';
import { wordingsReader } from './read-wordings.ts';
import type { Vocabulary } from './vocabulary.ts';
import { buildTally } from './word-tally.ts';

export interface NumberedWords {
  readonly number: number;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

export interface WordField {
  /** Marks the field's conditions in `met`, where they stand as if no word had been found. */
  readonly mark: (facts: TicketFacts, met: Met) => void;
  /**
   * For each phrase of one condition that occurs in the ticket marked last, its first wording, folded; null when the
   * field is empty.
   */
  readonly saw: (number: number) => readonly string[] | null;
}

/** Compiles all word conditions about one field into one index over their phrases. */
export function compileWordField(
  field: string,
  leaves: readonly NumberedWords[],
  vocabulary: Vocabulary,
  sections: SectionReader,
): WordField {
  const wordings = wordingsReader(field);
  const phrases = [...new Set(leaves.flatMap((leaf) => leaf.phrases))];
  const index = buildPhraseIndex(phrases.map(parsePhrase), vocabulary);
  const entries = new Map<string, number[]>();
  for (const [id, phrase] of phrases.entries()) {
    const key = foldText(phrase);
    entries.set(key, [...(entries.get(key) ?? []), id]);
  }
  const tally = buildTally(phrases, leaves);
  /** Where each phrase was found first in the ticket at hand: in which section and as which known word, or as which entry. */
  const foundIn: Array<Section | string> = [];
  const foundAt = new Int32Array(phrases.length);
  const lengths = phrases.map((phrase) => parsePhrase(phrase).length);
  let empty = true;

  function markText(section: Section, met: Met): void {
    for (let at = 0; at < section.count; at++) {
      for (const pattern of section.matches[at] ?? NO_MATCH) {
        for (const { id, rest } of index[pattern] ?? NO_PHRASE) {
          if (tally.isHit(id) || !follows(rest, section, at)) continue;
          tally.hit(id, met);
          foundIn[id] = section;
          foundAt[id] = at;
        }
      }
    }
  }

  function markEntry(entry: string, met: Met): void {
    for (const id of entries.get(foldText(entry)) ?? []) {
      if (tally.isHit(id)) continue;
      tally.hit(id, met);
      foundIn[id] = entry;
    }
  }

  function firstWording(id: number): string {
    const where = foundIn[id] ?? '';
    return cutText(typeof where === 'string' ? where : wordingAt(where, foundAt[id] ?? 0, lengths[id] ?? 1));
  }

  return {
    mark: (facts, met) => {
      const { kind, parts } = wordings(facts);
      tally.start();
      empty = parts.length === 0;
      for (const part of parts) {
        if (kind === 'list') markEntry(part, met);
        else markText(sections.read(part), met);
      }
    },
    saw: (number) => {
      if (empty) return null;
      const found: string[] = [];
      for (const id of tally.hitsOf(number)) {
        const wording = firstWording(id);
        if (!found.includes(wording)) found.push(wording);
      }
      return found;
    },
  };
}
