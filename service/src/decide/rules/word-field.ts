// Evaluates the word conditions about one field and records the words found.
import type { Phrase, TicketFacts } from '@deskwright/shared';
import type { LeafStates } from './condition-tree.ts';
import { findEntries } from './find-entries.ts';
import { NO_MATCH } from './find-patterns.ts';
import { buildPhraseIndex, endOf, NO_PHRASE, type PhraseIndex } from './phrase-index.ts';
import { type Wordings, wordingsReader } from './read-field.ts';
import { type Section, type SectionReader, wordingAt } from './read-sections.ts';
import { cutText } from './shown-condition.ts';
import { phrasesOf, type WordReader } from './word-readers.ts';
import { buildTally, foundOf, isFound, markFound, startTally, type TalliedLeaf, type Tally } from './word-tally.ts';

/** All word conditions about one field, as one index over their phrases. */
export interface WordField {
  readonly wordings: (facts: TicketFacts) => Wordings;
  /** One index for each way of reading texts. */
  readonly indexes: ReadonlyArray<{ readonly index: PhraseIndex; readonly sections: SectionReader }>;
  /** The ids of the phrases that an entry matches. */
  readonly entries: (entry: string) => readonly number[];
  readonly tally: Tally;
  /** Where each phrase was first found in the current ticket: the section and its first and last known word; or the entry. */
  readonly where: Array<Section | string>;
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
  empty: boolean;
}

/** @param known every phrase of the leaves, parsed */
export function compileWordField(
  field: string,
  leaves: readonly TalliedLeaf[],
  known: ReadonlyMap<string, Phrase>,
  readers: readonly WordReader[],
): WordField {
  const phrases = [...new Set(leaves.flatMap((leaf) => leaf.phrases))];
  const parsed = phrases.flatMap((phrase) => known.get(phrase) ?? []);
  // Few fields are lists.
  let find: ReturnType<typeof findEntries> | undefined;
  return {
    wordings: wordingsReader(field),
    indexes: readers.map((reader) => ({
      index: buildPhraseIndex(phrasesOf(reader, parsed), reader.vocabulary),
      sections: reader.sections,
    })),
    entries: (entry) => {
      find ??= findEntries(phrases);
      return find(entry);
    },
    tally: buildTally(phrases, leaves),
    where: [],
    firsts: new Int32Array(phrases.length),
    lasts: new Int32Array(phrases.length),
    empty: true,
  };
}

/** Sets the results of the field's conditions in `states`, which start as if no word had been found. */
export function markWords(field: WordField, facts: TicketFacts, states: LeafStates): void {
  const { kind, parts } = field.wordings(facts);
  startTally(field.tally);
  field.empty = parts.length === 0;
  for (const part of parts) {
    if (kind === 'list') markEntry(field, part, states);
    else markText(field, part, states);
  }
}

function markText(field: WordField, text: string, states: LeafStates): void {
  for (let i = 0; i < field.indexes.length; i++) {
    const way = field.indexes[i];
    if (way !== undefined) markSection(field, way.index, way.sections.read(text), states);
  }
}

function markSection(field: WordField, index: PhraseIndex, section: Section, states: LeafStates): void {
  const { tally, where, firsts, lasts } = field;
  for (let at = 0; at < section.count; at++) {
    const patterns = section.matches[at] ?? NO_MATCH;
    for (let p = 0; p < patterns.length; p++) {
      const phrases = index[patterns[p] ?? -1] ?? NO_PHRASE;
      for (let i = 0; i < phrases.length; i++) {
        const phrase = phrases[i];
        if (phrase === undefined || isFound(tally, phrase.id)) continue;
        const last = endOf(phrase, section, at);
        if (last < 0) continue;
        markFound(tally, phrase.id, states);
        where[phrase.id] = section;
        firsts[phrase.id] = at;
        lasts[phrase.id] = last;
      }
    }
  }
}

function markEntry({ entries, tally, where }: WordField, entry: string, states: LeafStates): void {
  for (const id of entries(entry)) {
    if (isFound(tally, id)) continue;
    markFound(tally, id, states);
    where[id] = entry;
  }
}

/**
 * For each phrase of one condition that occurs in the ticket marked last, its first occurrence, in lower case; null when the
 * field is empty.
 */
export function wordsSeen(field: WordField, number: number): readonly string[] | null {
  const { tally, empty } = field;
  if (empty) return null;
  const seen: string[] = [];
  for (const id of foundOf(tally, number)) {
    const wording = cutText(firstWording(field, id));
    if (!seen.includes(wording)) seen.push(wording);
  }
  return seen;
}

function firstWording({ where, firsts, lasts }: WordField, id: number): string {
  const place = where[id] ?? '';
  return typeof place === 'string' ? place : wordingAt(place, firsts[id] ?? 0, lasts[id] ?? 0);
}
