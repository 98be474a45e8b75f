// Caches the results of word look-ups, and finds them again without creating a string for the word.
import type { Matches } from './find-patterns.ts';
import { NO_MATCH } from './find-patterns.ts';

/**
 * Words per generation. With the previous generation the cache holds the vocabulary of a language (200,000 words take
 * about 12 MB) and never more, whatever strangers write.
 */
const MOST = 131_072;
/** Longer words are not cached: they are links and serial numbers, which do not recur. */
const LONGEST = 40;
/** Slots tried for a word. Limits the cost of a text made of colliding words. */
const TRIES = 16;

/** Looks up the word between two positions of a text, whose hash (see `scanWords`) is given. */
export type LookUp = (units: Uint16Array, start: number, end: number, hash: number) => Matches;

/** An open-addressed table in plain numbers: objects would cost a memory access each. */
interface Generation {
  /** Four numbers per slot: a word's hash, its length (0: free), where its letters begin, and its index in `found`. */
  slots: Int32Array;
  letters: Uint16Array;
  /** The number of letters, and of words. */
  used: number;
  words: number;
  readonly found: Matches[];
}
const SLOT = 4;

const newGeneration = (): Generation => ({
  slots: new Int32Array(SLOT * 1_024),
  letters: new Uint16Array(4_096),
  used: 0,
  words: 0,
  // The one value that nearly every word has.
  found: [NO_MATCH],
});

/**
 * Caches what `find` returned for a word. When a generation is full the next one starts, and the one before the full one is
 * dropped: words in use are copied over, so frequent words are never looked up again.
 */
export function rememberWords(find: (word: string) => Matches): LookUp {
  let young = newGeneration();
  let old = newGeneration();

  return (units, start, end, rawHash) => {
    const hash = mixed(rawHash);
    const known = foundIn(young, units, start, end, hash);
    if (known !== undefined) return known;
    const found = foundIn(old, units, start, end, hash) ?? find(wordAt(units, start, end));
    if (end - start > LONGEST) return found;
    if (young.words >= MOST) {
      old = young;
      young = newGeneration();
    }
    put(young, units, start, end, hash, found);
    return found;
  };
}

/** The low bits choose the slot, and the last letters alone would decide them: `w1`, `w2`, ... would be adjacent. */
function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 12);
}

const wordAt = (units: Uint16Array, start: number, end: number): string =>
  Buffer.from(units.buffer, units.byteOffset + start * 2, (end - start) * 2).toString('utf16le');

/** Undefined: the word is not cached. */
function foundIn(
  { slots, letters, found }: Generation,
  units: Uint16Array,
  start: number,
  end: number,
  hash: number,
): Matches | undefined {
  const mask = slots.length - 1;
  for (let i = 0, slot = (hash * SLOT) & mask; i < TRIES; i++, slot = (slot + SLOT) & mask) {
    const length = slots[slot + 1] ?? 0;
    if (length === 0) return undefined;
    if (slots[slot] !== hash || length !== end - start) continue;
    let at = slots[slot + 2] ?? 0;
    let unit = start;
    while (unit < end && units[unit] === letters[at]) {
      unit++;
      at++;
    }
    if (unit === end) return found[slots[slot + 3] ?? 0];
  }
  return undefined;
}

function put(to: Generation, units: Uint16Array, start: number, end: number, hash: number, found: Matches): void {
  if (to.words * 2 * SLOT >= to.slots.length) spread(to);
  const slot = freeSlot(to.slots, hash);
  if (slot < 0) return;
  if (to.used + LONGEST > to.letters.length) {
    const before = to.letters;
    to.letters = new Uint16Array(before.length * 2);
    to.letters.set(before);
  }
  to.slots[slot] = hash;
  to.slots[slot + 1] = end - start;
  to.slots[slot + 2] = to.used;
  to.slots[slot + 3] = found === NO_MATCH ? 0 : to.found.push(found) - 1;
  for (let i = start; i < end; i++) to.letters[to.used++] = units[i] ?? 0;
  to.words++;
}

/** Doubles the slots. A word that finds none is dropped. */
function spread(to: Generation): void {
  const before = to.slots;
  to.slots = new Int32Array(before.length * 2);
  for (let from = 0; from < before.length; from += SLOT) {
    const slot = before[from + 1] === 0 ? -1 : freeSlot(to.slots, before[from] ?? 0);
    if (slot >= 0) to.slots.set(before.subarray(from, from + SLOT), slot);
  }
}

/** The first free slot for a hash; -1: all slots that may be tried are taken. */
function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  for (let i = 0, slot = (hash * SLOT) & mask; i < TRIES; i++, slot = (slot + SLOT) & mask) {
    if (slots[slot + 1] === 0) return slot;
  }
  return -1;
}
