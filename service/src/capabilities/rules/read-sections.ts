// Which words of the policy occur where in a text?
import type { Matches } from './find-patterns.ts';
import { NO_MATCH } from './find-patterns.ts';
import type { Spans } from './scan-words.ts';
import { emptySpans, SPAN, scanWords } from './scan-words.ts';
import { foldForWords } from './split-words.ts';
import type { LookUp } from './word-memory.ts';

/** One stretch of text that a phrase may not leave (the subject, the description). Good until the next ticket. */
export interface Section {
  text: string;
  folded: string;
  readonly spans: Spans;
  /** For each word the patterns that it matches; only the first `spans.count` count. */
  readonly matches: Matches[];
  /** Places of the words that match any; only the first `knownCount` count. */
  readonly known: number[];
  knownCount: number;
}

export interface SectionReader {
  /** Forgets the texts of the ticket before. */
  readonly reset: () => void;
  readonly read: (text: string) => Section;
}

/** Fields share texts (`text` and `subject`, `comment` and `description`): each is read once per ticket. */
export function buildSectionReader(lookUp: LookUp): SectionReader {
  const sections: Section[] = [];
  let used = 0;
  return {
    reset: () => {
      used = 0;
    },
    read: (text) => {
      for (let i = 0; i < used; i++) {
        const section = sections[i];
        if (section?.text === text) return section;
      }
      const section = sections[used] ?? {
        text,
        folded: '',
        spans: emptySpans(),
        matches: [],
        known: [],
        knownCount: 0,
      };
      sections[used++] = section;
      fill(section, text, lookUp);
      return section;
    },
  };
}

function fill(section: Section, text: string, lookUp: LookUp): void {
  const { spans, matches, known } = section;
  const folded = foldForWords(text);
  scanWords(folded, spans);
  const { at, count } = spans;
  let knownCount = 0;
  for (let i = 0; i < count; i++) {
    const base = i * SPAN;
    const found = lookUp(folded, at[base] ?? 0, at[base + 1] ?? 0, at[base + 2] ?? 0);
    matches[i] = found;
    if (found !== NO_MATCH) known[knownCount++] = i;
  }
  section.text = text;
  section.folded = folded;
  section.knownCount = knownCount;
}

/** The words from one place on as the customer wrote them, save for case: with what stood between them. */
export function wordingAt({ folded, spans }: Section, at: number, length: number): string {
  const written = folded.slice(spans.at[at * SPAN], spans.at[(at + length - 1) * SPAN + 1]);
  return length === 1 ? written : written.replace(/\s+/gu, ' ');
}
