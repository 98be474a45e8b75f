// Evaluates the word conditions about one field and records the words found.
import { EXACTLY, exactForms, foldings, type Phrase, plainText, type TicketFacts } from '@deskwright/shared';
import { cutText, type LeafStates } from './condition-tree.ts';
import { NO_MATCH } from './find-patterns.ts';
import { buildPhraseIndex, endOf, NO_PHRASE, type PhraseIndex } from './phrase-index.ts';
import { type Wordings, wordingsReader } from './read-field.ts';
import { phrasesOf, type Section, type SectionReader, type WordReader, wordingAt } from './read-sections.ts';
import { buildTally, foundOf, isFound, markFound, startTally, type TalliedLeaf, type Tally } from './word-tally.ts';
import { type Place, writtenPlaces } from './written-place.ts';

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
export function wordsFound(field: WordField, number: number): readonly string[] | null {
  const { tally, empty } = field;
  if (empty) return null;
  const seen: string[] = [];
  for (const id of foundOf(tally, number)) {
    const wording = cutText(firstWording(field, id));
    if (!seen.includes(wording)) seen.push(wording);
  }
  return seen;
}

/** A place in one of a field's texts, as it was written. */
export interface FieldPlace extends Place {
  /** The number of the text, from 0: `text` has two, the subject and the description. */
  readonly part: number;
}

/** All places of the phrases of one condition in the ticket marked last, in order. Entries of lists have none. */
export function placesFound(field: WordField, facts: TicketFacts, number: number): FieldPlace[] {
  const { kind, parts } = field.wordings(facts);
  const ids = new Set(foundOf(field.tally, number));
  if (kind === 'list' || ids.size === 0) return [];
  return parts.flatMap((text, part) =>
    field.indexes
      .flatMap(({ index, sections }) => {
        const found = placesIn(index, sections.read(text), ids);
        const toWritten = found.length === 0 ? null : writtenPlaces(text, sections.prepare);
        return toWritten === null ? [] : found.map((place) => ({ part, ...toWritten(place) }));
      })
      .toSorted((a, b) => a.start - b.start || b.end - a.end),
  );
}

function placesIn(index: PhraseIndex, section: Section, ids: ReadonlySet<number>): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < section.count; at++) {
    for (const pattern of section.matches[at] ?? NO_MATCH) {
      for (const phrase of index[pattern] ?? NO_PHRASE) {
        const last = ids.has(phrase.id) ? endOf(phrase, section, at) : -1;
        if (last >= 0) places.push({ start: section.starts[at] ?? 0, end: section.ends[last] ?? 0 });
      }
    }
  }
  return places;
}

function firstWording({ where, firsts, lasts }: WordField, id: number): string {
  const place = where[id] ?? '';
  return typeof place === 'string' ? place : wordingAt(place, firsts[id] ?? 0, lasts[id] ?? 0);
}

/**
 * Compares whole entries: case and accents are ignored except with `exact:`; `*` at either end matches
 * anything. Misspellings are not considered: entries are chosen, not typed.
 * @param phrases a phrase's index is its id
 * @internal
 */
export function findEntries(phrases: readonly string[]): (entry: string) => readonly number[] {
  const whole = new Map<string, number[]>();
  const open: Array<{ readonly id: number; readonly fits: (folded: string) => boolean }> = [];
  const exact = new Map<string, number[]>();
  for (const [id, phrase] of phrases.entries()) {
    if (phrase.startsWith(EXACTLY)) {
      addTo(exact, plainText(phrase.slice(EXACTLY.length)).trim(), id);
      continue;
    }
    const word = phrase.replace(/[*~]+$/, '').replace(/^\*+/, '');
    const [anyBeginning, anyEnding] = [phrase.startsWith('*'), /\*~*$/.test(phrase)];
    for (const folded of foldings(word)) {
      if (!anyBeginning && !anyEnding) addTo(whole, folded, id);
      else open.push({ id, fits: fitsOpen(folded, anyBeginning, anyEnding) });
    }
  }
  return (entry) => {
    const found = new Set<number>();
    for (const folded of foldings(entry)) {
      for (const id of whole.get(folded) ?? []) found.add(id);
      for (const { id, fits } of open) if (fits(folded)) found.add(id);
    }
    for (const form of exact.size > 0 ? exactForms(entry) : []) for (const id of exact.get(form) ?? []) found.add(id);
    return [...found];
  };
}

function fitsOpen(wanted: string, anyBeginning: boolean, anyEnding: boolean): (folded: string) => boolean {
  if (anyBeginning && anyEnding) return (folded) => folded.includes(wanted);
  return anyBeginning ? (folded) => folded.endsWith(wanted) : (folded) => folded.startsWith(wanted);
}

function addTo(map: Map<string, number[]>, key: string, id: number): void {
  map.set(key, [...(map.get(key) ?? []), id]);
}
