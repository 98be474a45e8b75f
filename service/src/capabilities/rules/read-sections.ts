// Which words of the policy occur where in a text?
import type { Matches } from './find-patterns.ts';
import { NO_MATCH } from './find-patterns.ts';
import { scanWords } from './scan-words.ts';
import { foldForWords } from './split-words.ts';
import { buildUnitCopier } from './text-units.ts';
import type { LookUp } from './word-memory.ts';

/**
 * One stretch of text that a phrase may not leave (the subject, the description), with the words in it that the policy
 * knows. Good until the next ticket; its lists are reused and only their first `count` places count.
 */
export interface Section {
  text: string;
  folded: string;
  count: number;
  /** Which word of the text each known word is, from 0. */
  readonly places: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** The patterns it matches. */
  readonly matches: Matches[];
}

export interface SectionReader {
  /** Forgets the texts of the ticket before. */
  readonly reset: () => void;
  readonly read: (text: string) => Section;
}

const emptySection = (): Section => ({ text: '', folded: '', count: 0, places: [], starts: [], ends: [], matches: [] });

/** Fields share texts (`text` and `subject`, `comment` and `description`): each is read once per ticket. */
export function buildSectionReader(lookUp: LookUp): SectionReader {
  const sections: Section[] = [];
  let used = 0;
  let current = emptySection();
  let place = 0;
  const copy = buildUnitCopier();
  let units = copy('');

  function take(start: number, end: number, hash: number): void {
    const found = lookUp(units.at, start, end, hash);
    const at = place++;
    if (found === NO_MATCH) return;
    const to = current.count++;
    current.places[to] = at;
    current.starts[to] = start;
    current.ends[to] = end;
    current.matches[to] = found;
  }

  return {
    reset: () => {
      used = 0;
    },
    read: (text) => {
      for (let i = 0; i < used; i++) {
        const section = sections[i];
        if (section?.text === text) return section;
      }
      current = sections[used] ?? emptySection();
      sections[used++] = current;
      current.text = text;
      current.folded = foldForWords(text);
      current.count = 0;
      place = 0;
      units = copy(current.folded);
      scanWords(units, take);
      return current;
    },
  };
}

/** So many known words from one on, as the customer wrote them, save for case, with what stood between them. */
export function wordingAt({ folded, starts, ends }: Section, from: number, length: number): string {
  const written = folded.slice(starts[from], ends[from + length - 1]);
  return length === 1 ? written : written.replace(/\s+/gu, ' ');
}
