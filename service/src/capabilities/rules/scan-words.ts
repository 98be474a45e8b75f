// Where in a folded text does each word begin and end?
import { ALONE, GAP, KINDS, kindOf, WORD } from './char-kinds.ts';

/** Numbers per word in `Spans.at`: start, end (exclusive), hash. */
export const SPAN = 3;

/** Words of a text by place. Reused from text to text, so that scanning leaves no garbage. */
export interface Spans {
  at: Int32Array;
  /** How many words there are. */
  count: number;
}

export const emptySpans = (): Spans => ({ at: new Int32Array(64 * SPAN), count: 0 });

/** UTF-16 unit of `'`. */
export const APOSTROPHE = 39;

/**
 * Finds the words of a folded text (see `foldText`): runs of letters and digits; anything else parts them, so
 * `sign-up`, `sign up` and `sign  up!` are the same two words. Only an apostrophe within a word does not: it counts
 * for nothing, so `don't` and the hurried `dont` are one word.
 * @param spans where to put them; each with a hash of its UTF-16 units.
 */
export function scanWords(folded: string, spans: Spans): void {
  spans.count = 0;
  let start = -1;
  let hash = 0;
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    if (KINDS[unit] === WORD) {
      hash = start < 0 ? unit : nextHash(hash, unit);
      if (start < 0) start = i;
      continue;
    }
    if (KINDS[unit] === GAP && unit !== APOSTROPHE) {
      if (start >= 0) add(spans, start, i, hash);
      start = -1;
      continue;
    }
    const code = folded.codePointAt(i) ?? 0;
    const kind = kindOf(code);
    const last = code > 0xffff ? i + 1 : i;
    if (kind === WORD) {
      hash = start < 0 ? unit : nextHash(hash, unit);
      if (last > i) hash = nextHash(hash, folded.charCodeAt(last));
      if (start < 0) start = i;
    } else if (start < 0 || unit !== APOSTROPHE || kindOf(folded.codePointAt(i + 1) ?? 0) !== WORD) {
      if (start >= 0) add(spans, start, i, hash);
      if (kind === ALONE) add(spans, i, last + 1, last > i ? nextHash(unit, folded.charCodeAt(last)) : unit);
      start = -1;
    }
    i = last;
  }
  if (start >= 0) add(spans, start, folded.length, hash);
}

/** Java's string hash: cheap, and good enough for a table that also compares the words. */
const nextHash = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

function add(spans: Spans, start: number, end: number, hash: number): void {
  const to = spans.count * SPAN;
  if (to === spans.at.length) {
    const longer = new Int32Array(to * 2);
    longer.set(spans.at);
    spans.at = longer;
  }
  spans.at[to] = start;
  spans.at[to + 1] = end;
  spans.at[to + 2] = hash;
  spans.count++;
}

/** The word of a span: without the apostrophes within. */
export function wordAt(folded: string, start: number, end: number): string {
  const written = folded.slice(start, end);
  return written.includes("'") ? written.replaceAll("'", '') : written;
}
