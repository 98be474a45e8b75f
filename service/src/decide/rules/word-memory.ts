// Remembers what looking a word up came to, and finds it again without making a string of the word.
import type { Matches } from './find-patterns.ts';

/**
 * Words of one generation. With the generation before it a memory holds the vocabulary of a language (200,000 words take
 * about 8 MB), and no more, whatever strangers write.
 */
const MOST = 131_072;
/** Longer ones are not remembered: they are links and serial numbers, which do not come back. */
const LONGEST = 40;
/** Places tried for a word. Bounds what a text made of colliding words could cost. */
const TRIES = 16;

/** Looks up the word between two places of a text, whose hash (see `scanWords`) is known. */
export type LookUp = (units: Uint16Array, start: number, end: number, hash: number) => Matches;

/** Words in an open-addressed table, as flat numbers: a table of objects would cost a visit to memory for each. */
interface Generation {
  /** By place: a word's hash and its number, from 1; 0: free. */
  slots: Int32Array;
  /** By number: where the letters of a word end, which is where those of the next begin. */
  ends: Int32Array;
  letters: Uint16Array;
  readonly found: Matches[];
}

const newGeneration = (): Generation => ({
  slots: new Int32Array(2 * 1_024),
  ends: new Int32Array(512),
  letters: new Uint16Array(4_096),
  found: [NO_WORD],
});

/** What stands under number 0. */
const NO_WORD: Matches = [];

/**
 * Remembers what `find` said of a word. When a generation is full the next begins, and the one before the full one is
 * forgotten: words still in use are taken over, so those that come often are never looked up again.
 */
export function rememberWords(find: (word: string) => Matches): LookUp {
  let young = newGeneration();
  let old = newGeneration();

  function remember(units: Uint16Array, start: number, end: number, hash: number, found: Matches): void {
    if (young.found.length > MOST) {
      old = young;
      young = newGeneration();
    }
    put(young, units, start, end, hash, found);
  }

  return (units, start, end, rawHash) => {
    const hash = mixed(rawHash);
    let number = numberOf(young, units, start, end, hash);
    if (number > 0) return young.found[number] ?? NO_WORD;
    number = numberOf(old, units, start, end, hash);
    const known = number > 0 ? old.found[number] : undefined;
    const found = known ?? find(wordAt(units, start, end));
    if (end - start <= LONGEST) remember(units, start, end, hash, found);
    return found;
  };
}

/** The low bits choose the place, and the last letters alone would decide them: `w1`, `w2`, ... would lie side by side. */
function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 12);
}

const wordAt = (units: Uint16Array, start: number, end: number): string =>
  Buffer.from(units.buffer, units.byteOffset + start * 2, (end - start) * 2).toString('utf16le');

/** The number of a word; 0: it is not there. */
function numberOf(
  { slots, ends, letters }: Generation,
  units: Uint16Array,
  start: number,
  end: number,
  hash: number,
): number {
  const mask = slots.length - 2;
  for (let i = 0, slot = (hash * 2) & mask; i < TRIES; i++, slot = (slot + 2) & mask) {
    const number = slots[slot + 1] ?? 0;
    if (number === 0) return 0;
    if (slots[slot] !== hash) continue;
    let at = ends[number - 1] ?? 0;
    if ((ends[number] ?? 0) - at !== end - start) continue;
    let unit = start;
    while (unit < end && units[unit] === letters[at]) {
      unit++;
      at++;
    }
    if (unit === end) return number;
  }
  return 0;
}

function put(to: Generation, units: Uint16Array, start: number, end: number, hash: number, found: Matches): void {
  const number = to.found.length;
  if (number * 4 > to.slots.length) spread(to);
  if (number >= to.ends.length) to.ends = grown(to.ends, new Int32Array(to.ends.length * 2));
  const from = to.ends[number - 1] ?? 0;
  const until = from + end - start;
  if (until > to.letters.length) to.letters = grown(to.letters, new Uint16Array(to.letters.length * 2));
  if (!take(to.slots, hash, number)) return;
  for (let i = start; i < end; i++) to.letters[from + i - start] = units[i] ?? 0;
  to.ends[number] = until;
  to.found.push(found);
}

/** Twice as many places. A word that finds none is forgotten. */
function spread(to: Generation): void {
  const before = to.slots;
  to.slots = new Int32Array(before.length * 2);
  for (let slot = 0; slot < before.length; slot += 2) {
    const number = before[slot + 1] ?? 0;
    if (number > 0) take(to.slots, before[slot] ?? 0, number);
  }
}

function take(slots: Int32Array, hash: number, number: number): boolean {
  const mask = slots.length - 2;
  for (let i = 0, slot = (hash * 2) & mask; i < TRIES; i++, slot = (slot + 2) & mask) {
    if (slots[slot + 1] !== 0) continue;
    slots[slot] = hash;
    slots[slot + 1] = number;
    return true;
  }
  return false;
}

function grown<T extends Int32Array | Uint16Array>(before: T, after: T): T {
  after.set(before);
  return after;
}
