// Finds what people most often mistype in YAML, for errors that the parser reports elsewhere or not at all.
import type { LinePosition } from '../line-positions.ts';
import { findLayoutSlips } from './find-layout-slips.ts';
import { readLines } from './read-lines.ts';
import type { Slip } from './slip.ts';

/** Of a text that is no YAML at all, every line may have one. */
const MOST_SLIPS = 100;

/** In the text's order, the first of each line. Linear in the text. Apart from the silent ones, slips only where the parser finds errors. */
export function findSlips(text: string, positionOf: (offset: number) => LinePosition): Slip[] {
  const { lines, slips } = readLines(text, MOST_SLIPS);
  const seen = new Set<number>();
  return [...slips, ...findLayoutSlips(lines, MOST_SLIPS)]
    .toSorted((a, b) => a.offset - b.offset)
    .filter(({ offset }) => {
      const { line } = positionOf(offset);
      return !seen.has(line) && seen.add(line);
    });
}
