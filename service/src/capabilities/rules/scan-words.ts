// Where in a folded text does each word begin and end?
import { GAP, KINDS, kindOf, WORD } from './char-kinds.ts';
import type { Units } from './text-units.ts';

/** Told of each word: where it begins and ends (exclusive), and a hash of its UTF-16 units, apostrophes aside. */
export type TakeWord = (start: number, end: number, hash: number) => void;

/** UTF-16 unit of `'`. */
export const APOSTROPHE = 39;

/**
 * Finds the words of a folded text (see `foldText`): runs of letters and digits; anything else parts them, so
 * `sign-up`, `sign up` and `sign  up!` are the same two words. Only an apostrophe within a word does not: it counts
 * for nothing, so `don't` and the hurried `dont` are one word.
 */
export function scanWords({ at, length }: Units, take: TakeWord): void {
  let i = 0;
  while (i < length) {
    const start = i;
    if (KINDS[at[i] ?? 0] === WORD) {
      let hash = at[i++] ?? 0;
      while (i < length && KINDS[at[i] ?? 0] === WORD) hash = nextHash(hash, at[i++] ?? 0);
      const end = wordEnd(at, i, length);
      take(start, end, end === i ? hash : hashOf(at, start, end));
      i = end;
    } else if (KINDS[at[i] ?? 0] === GAP) {
      i++;
    } else {
      const code = codeAt(at, i, length);
      const kind = kindOf(code);
      i += sizeOf(code);
      if (kind === WORD) i = wordEnd(at, i, length);
      if (kind !== GAP) take(start, i, hashOf(at, start, i));
    }
  }
}

/** Where a word ends that goes on until `i` at least: over rare letters, pairs and apostrophes. */
function wordEnd(at: Uint16Array, i: number, length: number): number {
  let end = i;
  while (end < length) {
    const unit = at[end] ?? 0;
    if (KINDS[unit] === GAP && unit !== APOSTROPHE) break;
    const code = codeAt(at, end, length);
    if (kindOf(code) === WORD) end += sizeOf(code);
    else if (unit === APOSTROPHE && kindOf(codeAt(at, end + 1, length)) === WORD) end++;
    else break;
  }
  return end;
}

function hashOf(at: Uint16Array, start: number, end: number): number {
  let hash = at[start] ?? 0;
  for (let i = start + 1; i < end; i++) if (at[i] !== APOSTROPHE) hash = nextHash(hash, at[i] ?? 0);
  return hash;
}

/** Java's string hash: cheap, and good enough for a table that also compares the words. */
const nextHash = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

/** The code point that begins at a unit; 0 at the end. */
function codeAt(at: Uint16Array, i: number, length: number): number {
  if (i >= length) return 0;
  const unit = at[i] ?? 0;
  const next = i + 1 < length ? (at[i + 1] ?? 0) : 0;
  const isPair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
  return isPair ? (unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x1_0000 : unit;
}

const sizeOf = (code: number): number => (code > 0xffff ? 2 : 1);

/** The word between two places of a folded text: without the apostrophes within. */
export function wordAt(folded: string, start: number, end: number): string {
  const written = folded.slice(start, end);
  return written.includes("'") ? written.replaceAll("'", '') : written;
}
