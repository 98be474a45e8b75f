// Finds in a text as it was written what was found in its normalized form.
import { segmentsOf } from '@deskwright/shared';

/** `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

interface Run {
  readonly written: string;
  /** Where it begins in the text as written, and in the normalized one. */
  readonly start: number;
  readonly from: number;
  readonly length: number;
}

const RUNS = /\s+|\S+/gu;
const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Longer than any real character; see `graphemes.ts` of `shared`. */
const LONGEST = 64;

/**
 * Returns a function from a place in the normalized text to the place in `text`, of whole characters as people count them. Normalizing
 * changes lengths (marks are joined, invisible characters left out, `ﬁ` becomes two letters), but nothing across a space.
 * @param normalize how the text was normalized; a text it cuts is mapped as far as it goes
 */
export function writtenPlaces(text: string, normalize: (text: string) => string): (place: Place) => Place {
  const runs: Run[] = [];
  let from = 0;
  for (const { 0: written, index: start } of text.matchAll(RUNS)) {
    const { length } = normalize(written);
    runs.push({ written, start, from, length });
    from += length;
  }
  const runAt = (position: number): Run | undefined =>
    runs.find((run) => position < run.from + run.length) ?? runs.at(-1);

  return ({ start, end }) => {
    const [first, last] = [runAt(start), runAt(end - 1)];
    if (!first || !last) return { start: 0, end: 0 };
    return {
      start: first.start + edgeIn(first.written, normalize, start - first.from, 'before'),
      end: last.start + edgeIn(last.written, normalize, end - last.from, 'after'),
    };
  };
}

/** The edge of a character in `written` at a position of its normalized form, or the next one on that side. */
function edgeIn(
  written: string,
  normalize: (text: string) => string,
  position: number,
  side: 'before' | 'after',
): number {
  const edges = [0];
  for (const character of segmentsOf(written, CHARACTERS, LONGEST)) edges.push((edges.at(-1) ?? 0) + character.length);
  const lengthAt = (edge: number): number => normalize(written.slice(0, edges[edge])).length;
  // The last edge that is not beyond the position, or the first that is not before it.
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = side === 'before' ? Math.ceil((low + high) / 2) : Math.floor((low + high) / 2);
    const isFit = side === 'before' ? lengthAt(middle) <= position : lengthAt(middle) >= position;
    if (side === 'before') [low, high] = isFit ? [middle, high] : [low, middle - 1];
    else [low, high] = isFit ? [low, middle] : [middle + 1, high];
  }
  return edges[low] ?? 0;
}
