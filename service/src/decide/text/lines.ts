// Splits a text into lines, and records what each line is.
import type { CutKind } from '@deskwright/shared';

export interface Line {
  /** Where it begins and ends in the text, without its line break. */
  readonly start: number;
  readonly end: number;
  /** Its first characters; headers and signatures are short. */
  readonly text: string;
  /** What it is; null: the customer's own text. */
  kind: CutKind | null;
}

const MOST_CHARACTERS = 500;

/** Direction marks, which surround names and addresses in Hebrew and Arabic mail, and the zero-width no-break space. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const hasInvisible = text.search(INVISIBLE) !== -1;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const begin = text.slice(start, Math.min(end, start + MOST_CHARACTERS));
    lines.push({ start, end, text: (hasInvisible ? begin.replace(INVISIBLE, '') : begin).trimEnd(), kind: null });
    start = end + 1;
  }
  return lines;
}

export const isBlank = ({ text }: Line): boolean => text === '';

export const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** The number of words in a text, up to `most`. */
export function countWords(text: string, most: number): number {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)) if (++count >= most) break;
  return count;
}
