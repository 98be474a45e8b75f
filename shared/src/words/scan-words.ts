// Finds where each word of a short text begins and ends.
import { GAP, JOINER, KINDS, kindOf, WORD } from './char-kinds.ts';

/** The UTF-16 units of a text. Reused from text to text; only the first `length` count. */
export interface Units {
  readonly at: Uint16Array;
  readonly length: number;
}

/**
 * Called for each word: where it begins and ends (exclusive), a hash of its UTF-16 units, and how many words it consists
 * of: more than one if a hyphen joins them; these are also reported one by one.
 */
export type TakeWord = (start: number, end: number, hash: number, parts: number) => void;

const APOSTROPHE = 39;
const DOUBLE_QUOTES: ReadonlySet<number> = new Set([0x22, 0x05f4]);
/** Parts that are also read as one word: `e-mail`, `e-mail-address`. */
const MOST_JOINED = 3;

/**
 * Finds the words of a text (see `smallText`), by position: runs of letters and digits. Anything
 * else separates them, so `sign up` and `sign  up!` are the same two words, and `sign-up` is these two and one. Only an
 * apostrophe within a word does not split it (`don't`); the word's readings handle it.
 */
export function scanWords(units: Units, take: TakeWord): void {
  const { at, length } = units;
  let i = 0;
  while (i < length) {
    const start = i;
    const known = KINDS[at[i] ?? 0];
    if (known === WORD) {
      let hash = at[i++] ?? 0;
      while (i < length && KINDS[at[i] ?? 0] === WORD) hash = nextHash(hash, at[i++] ?? 0);
      const end = wordEnd(at, i, length);
      if (end < length && KINDS[at[end] ?? 0] === JOINER && isJoined(at, end, length))
        i = takeJoined(units, start, take);
      else {
        take(start, end, end === i ? hash : hashOf(at, start, end), 1);
        i = end;
      }
    } else if (known === GAP || known === JOINER) {
      i++;
    } else {
      const code = codeAt(at, i, length);
      const kind = kindOf(code);
      // Now that its kind is known, a word begins as any other.
      if (kind === WORD && code <= 0xffff) continue;
      i += sizeOf(code);
      if (kind === WORD) i = wordEnd(at, i, length);
      if (kind !== GAP && kind !== JOINER) take(start, i, hashOf(at, start, i), 1);
    }
  }
}

/** Reports the words of a run like `e-mail-address`, each alone and joined with those after it. Returns its end. */
function takeJoined({ at, length }: Units, from: number, take: TakeWord): number {
  const starts: number[] = [];
  const ends: number[] = [];
  let start = from;
  for (;;) {
    const end = wordEnd(at, start, length);
    starts.push(start);
    ends.push(end);
    if (!isJoined(at, end, length)) break;
    start = end + 1;
  }
  for (const [first, begin] of starts.entries()) {
    for (let parts = 1; parts <= MOST_JOINED && first + parts <= ends.length; parts++) {
      const end = ends[first + parts - 1] ?? begin;
      take(begin, end, hashOf(at, begin, end), parts);
    }
  }
  return ends.at(-1) ?? from;
}

/** Does the character at `end`, after a word, join it with the next one? Not two numbers (`10-20`). */
function isJoined(at: Uint16Array, end: number, length: number): boolean {
  const sign = at[end] ?? 0;
  if (end >= length || KINDS[sign] !== JOINER || kindOf(codeAt(at, end + 1, length)) !== WORD) return false;
  const [before, after] = [at[end - 1] ?? 0, at[end + 1] ?? 0];
  if (DOUBLE_QUOTES.has(sign)) return isHebrew(before) && isHebrew(after);
  return !(isDigit(before) && isDigit(after));
}

const isHebrew = (unit: number): boolean => unit >= 0x0591 && unit <= 0x05f4;
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

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
  for (let i = start + 1; i < end; i++) hash = nextHash(hash, at[i] ?? 0);
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
