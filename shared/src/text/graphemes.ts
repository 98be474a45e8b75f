// Splits a text into characters as people count them.
import { segmentsOf } from './segments.ts';

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * In UTF-16 code units. No real character is as long: a family of four with skin tones has 19, a regional flag 14.
 * A longer sequence of marks counts as several characters.
 * @internal
 */
export const LONGEST_GRAPHEME = 64;

const graphemes = (text: string): Iterable<string> => segmentsOf(text, SEGMENTER, LONGEST_GRAPHEME);

/** ASCII without line ends has one character per code unit. */
const PLAIN = /^[\t\n -~]*$/;

export function countGraphemes(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes(text)) count += 1;
  return count;
}

/** The text, cut to `max` characters with an ellipsis as the last; never within one, without reading the rest. */
export function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text;
  let count = 0;
  let length = 0;
  let kept = 0;
  for (const character of graphemes(text)) {
    count += 1;
    if (count > max) return `${text.slice(0, kept).trimEnd()}…`;
    length += character.length;
    if (count < max) kept = length;
  }
  return text;
}
