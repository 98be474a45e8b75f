// Finds where the policy's words occur in a text.
import {
  cutForWords,
  type Phrase,
  plainText,
  scanWords,
  smallForWords,
  type Units,
  type WordPattern,
} from '@deskwright/shared';
import { buildFindPatterns, DISPUTED, EXACT, FOLDED, type Matches, NO_MATCH, type Reading } from './find-patterns.ts';
import type { Edges } from './unspaced-edges.ts';
import { type LookUp, rememberWords } from './word-memory.ts';

/**
 * One part of a text that a phrase may not cross (the subject, the description), with those of its words that the policy
 * knows. Valid until the next ticket; its lists are reused and only their first `count` entries are valid.
 */
export interface Section {
  text: string;
  /** The normalized text that its words are cut from. */
  read: string;
  /** Word boundaries in scripts without spaces; null until needed. */
  edges: Edges | null;
  count: number;
  /** The position in the text of each known word's first word, from 0; and how many words it is joined from. */
  readonly places: number[];
  readonly parts: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** The patterns it matches. */
  readonly matches: Matches[];
}

export interface SectionReader {
  /** Discards the texts of the previous ticket. */
  readonly reset: () => void;
  readonly read: (text: string) => Section;
  /** Normalizes a text before it is cut into words. */
  readonly prepare: (text: string) => string;
  /** Whether a word read since the last `reset` is disputed between two policies (see `DISPUTED`). */
  readonly isDisputed: () => boolean;
}

const emptySection = (): Section => ({
  text: '',
  read: '',
  edges: null,
  count: 0,
  places: [],
  parts: [],
  starts: [],
  ends: [],
  matches: [],
});

/** Fields share texts (`text` and `subject`, `comment` and `description`): each text is read once per ticket. */
function buildSectionReader(lookUp: LookUp, prepare: (text: string) => string): SectionReader {
  const sections: Section[] = [];
  let used = 0;
  let current = emptySection();
  let place = 0;
  let isDisputed = false;
  const copy = buildUnitCopier();
  let units = copy('');

  function take(start: number, end: number, hash: number, parts: number): void {
    const at = parts === 1 ? place++ : place - 1;
    const found = lookUp(units.at, start, end, hash);
    if (found === NO_MATCH) return;
    if (found[0] === DISPUTED) isDisputed = true;
    const to = current.count++;
    current.places[to] = at;
    current.parts[to] = parts;
    current.starts[to] = start;
    current.ends[to] = end;
    current.matches[to] = found;
  }

  return {
    prepare,
    reset: () => {
      used = 0;
      isDisputed = false;
    },
    isDisputed: () => isDisputed,
    read: (text) => {
      for (let i = 0; i < used; i++) {
        const section = sections[i];
        if (section?.text === text) return section;
      }
      current = sections[used] ?? emptySection();
      sections[used++] = current;
      current.text = text;
      current.read = prepare(text);
      current.edges = null;
      current.count = 0;
      place = 0;
      units = copy(current.read);
      scanWords(units, take);
      return current;
    },
  };
}

/** What the customer wrote, in lower case, from one known word to another, with everything in between. */
export function wordingAt({ read, starts, ends }: Section, from: number, to: number): string {
  const written = read.slice(starts[from], ends[to]);
  return from === to ? written : written.replace(/\s+/gu, ' ');
}

/**
 * Returns a function that copies a folded text into one reused buffer. `charCodeAt` looks up the string's
 * representation at every call; one copy and a typed array are three times as fast for a mail of 300 characters.
 * Little-endian machines only, like all builds of the embedded database. @internal
 */
export function buildUnitCopier(): (folded: string) => Units {
  let at = new Uint16Array(1_024);
  let bytes = Buffer.from(at.buffer);
  return (folded) => {
    if (folded.length > at.length) {
      at = new Uint16Array(folded.length * 2);
      bytes = Buffer.from(at.buffer);
    }
    bytes.write(folded, 0, 'utf16le');
    return { at, length: folded.length };
  };
}

/** One way of reading: for phrases without `exact:`, or for those with it. */
export interface WordReader {
  readonly isExact: boolean;
  readonly vocabulary: Vocabulary;
  readonly sections: SectionReader;
}

const plainForWords = (text: string): string => cutForWords(plainText(cutForWords(text)));

/**
 * The readers that some phrases need: a policy without `exact:` reads each text once.
 * @param ownersOf the policies that have a phrase, as bits
 */
export function buildWordReaders(
  phrases: readonly Phrase[],
  ownersOf: (phrase: Phrase) => number = () => 1,
): readonly WordReader[] {
  return [false, true].flatMap((isExact) => {
    const own = phrases.filter((phrase) => phrase.isExact === isExact);
    if (own.length === 0) return [];
    const vocabulary = buildVocabulary(
      own.flatMap((phrase) => phrase.ways.flat().map((pattern) => ({ pattern, owners: ownersOf(phrase) }))),
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
function buildVocabulary(
  patterns: Iterable<{ readonly pattern: WordPattern; readonly owners: number }>,
  reading: Reading,
): Vocabulary {
  const ids = new Map<string, number>();
  const distinct: WordPattern[] = [];
  const allOwners: number[] = [];
  for (const { pattern, owners } of patterns) {
    const key = keyOf(pattern);
    const id = ids.get(key) ?? distinct.push(pattern) - 1;
    ids.set(key, id);
    allOwners[id] = (allOwners[id] ?? 0) | owners;
  }
  return {
    idOf: (pattern) => ids.get(keyOf(pattern)) ?? -1,
    lookUp: rememberWords(buildFindPatterns(distinct, reading, allOwners)),
  };
}

const keyOf = ({ word, anyBeginning, anyEnding, misspelt }: WordPattern): string =>
  `${anyBeginning ? '*' : ''}${word}${anyEnding ? '*' : ''}${misspelt ? '~' : ''}`;
