// Which word conditions about one field hold, and which words did they find?
import type { TicketFacts } from '@deskwright/shared';
import { cutText } from './cut-text.ts';
import { NO_MATCH } from './find-patterns.ts';
import { foldText } from './fold-text.ts';
import type { Met } from './measure-tree.ts';
import { parsePhrase } from './parse-phrase.ts';
import type { PhraseIndex } from './phrase-index.ts';
import { buildPhraseIndex, follows, NO_PHRASE } from './phrase-index.ts';
import type { Section, SectionReader } from './read-sections.ts';
import { wordingAt } from './read-sections.ts';
import type { Wordings } from './read-wordings.ts';
import { wordingsReader } from './read-wordings.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { TalliedLeaf, Tally } from './word-tally.ts';
import { buildTally, isFound, isUsedBy, startTally, tellFound } from './word-tally.ts';

/** All word conditions about one field, as one index over their phrases. */
export interface WordField {
  readonly wordings: (facts: TicketFacts) => Wordings;
  readonly index: PhraseIndex;
  /** How many words each phrase has. */
  readonly lengths: readonly number[];
  /** Phrases by their folded text, for the entries of lists. */
  readonly entries: ReadonlyMap<string, readonly number[]>;
  readonly tally: Tally;
  /** Where each phrase was found first in the ticket at hand: in a section, as which known word; or as an entry. */
  readonly where: Array<Section | string>;
  readonly places: Int32Array;
  empty: boolean;
}

export function compileWordField(field: string, leaves: readonly TalliedLeaf[], vocabulary: Vocabulary): WordField {
  const phrases = [...new Set(leaves.flatMap((leaf) => leaf.phrases))];
  const parsed = phrases.map(parsePhrase);
  const entries = new Map<string, number[]>();
  for (const [id, phrase] of phrases.entries()) {
    const key = foldText(phrase);
    entries.set(key, [...(entries.get(key) ?? []), id]);
  }
  return {
    wordings: wordingsReader(field),
    index: buildPhraseIndex(parsed, vocabulary),
    lengths: parsed.map((words) => words.length),
    entries,
    tally: buildTally(phrases, leaves),
    where: [],
    places: new Int32Array(phrases.length),
    empty: true,
  };
}

/** Marks the field's conditions in `met`, where they stand as if no word had been found. */
export function markWords(field: WordField, facts: TicketFacts, sections: SectionReader, met: Met): void {
  const { kind, parts } = field.wordings(facts);
  startTally(field.tally);
  field.empty = parts.length === 0;
  for (const part of parts) {
    if (kind === 'list') markEntry(field, part, met);
    else markSection(field, sections.read(part), met);
  }
}

function markSection({ index, tally, where, places }: WordField, section: Section, met: Met): void {
  for (let at = 0; at < section.count; at++) {
    const patterns = section.matches[at] ?? NO_MATCH;
    for (let p = 0; p < patterns.length; p++) {
      const phrases = index[patterns[p] ?? -1] ?? NO_PHRASE;
      for (let i = 0; i < phrases.length; i++) {
        const phrase = phrases[i];
        if (phrase === undefined || isFound(tally, phrase.id) || !follows(phrase.rest, section, at)) continue;
        tellFound(tally, phrase.id, met);
        where[phrase.id] = section;
        places[phrase.id] = at;
      }
    }
  }
}

function markEntry({ entries, tally, where }: WordField, entry: string, met: Met): void {
  for (const id of entries.get(foldText(entry)) ?? NO_MATCH) {
    if (isFound(tally, id)) continue;
    tellFound(tally, id, met);
    where[id] = entry;
  }
}

/**
 * For each phrase of one condition that occurs in the ticket marked last, its first wording, folded; null when the
 * field is empty.
 */
export function wordsSeen(field: WordField, number: number): readonly string[] | null {
  const { tally, empty } = field;
  if (empty) return null;
  const seen: string[] = [];
  for (let i = 0; i < tally.count; i++) {
    const id = tally.found[i] ?? -1;
    if (!isUsedBy(tally, number, id)) continue;
    const wording = cutText(firstWording(field, id));
    if (!seen.includes(wording)) seen.push(wording);
  }
  return seen;
}

function firstWording({ where, places, lengths }: WordField, id: number): string {
  const place = where[id] ?? '';
  return typeof place === 'string' ? place : wordingAt(place, places[id] ?? 0, lengths[id] ?? 1);
}
