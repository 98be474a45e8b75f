// Remembers what looking a word up came to, and finds it again without making a string of the word.
import type { Matches } from './find-patterns.ts';
import { NO_MATCH } from './find-patterns.ts';

/**
 * Words of one generation. With the generation before it a memory holds the vocabulary of a language (200,000 words take
 * about 12 MB), and no more, whatever strangers write.
 */
const MOST = 131_072;
/** Longer ones are not remembered: they are links and serial numbers, which do not come back. */
const LONGEST = 40;
/** Places tried for a word. Bounds what a text made of colliding words could cost. */
const TRIES = 16;

/** Looks up the word between two places of a text, whose hash (see `scanWords`) is known. */
export type LookUp = (units: Uint16Array, start: number, end: number, hash: number) => Matches;

/** An open-addressed table in flat numbers: one of objects would cost a visit to memory for each. */
interface Generation {
  /** Of each place four numbers: a word's hash, its length (0: free), where its letters begin, and where in `found` it is. */
  slots: Int32Array;
  letters: Uint16Array;
  /** How many letters there are, and how many words. */
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
 * Remembers what `find` said of a word. When a generation is full the next begins, and the one before the full one is
 * forgotten: words still in use are taken over, so those that come often are never looked up again.
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

/** The low bits choose the place, and the last letters alone would decide them: `w1`, `w2`, ... would lie side by side. */
function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 12);
}

const wordAt = (units: Uint16Array, start: number, end: number): string =>
  Buffer.from(units.buffer, units.byteOffset + start * 2, (end - start) * 2).toString('utf16le');

/** Undefined: the word is not there. */
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

/** Twice as many places. A word that finds none is forgotten. */
function spread(to: Generation): void {
  const before = to.slots;
  to.slots = new Int32Array(before.length * 2);
  for (let from = 0; from < before.length; from += SLOT) {
    const slot = before[from + 1] === 0 ? -1 : freeSlot(to.slots, before[from] ?? 0);
    if (slot >= 0) to.slots.set(before.subarray(from, from + SLOT), slot);
  }
}

/** The first free place for a hash; -1: those that may be tried are taken. */
function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  for (let i = 0, slot = (hash * SLOT) & mask; i < TRIES; i++, slot = (slot + SLOT) & mask) {
    if (slots[slot + 1] === 0) return slot;
  }
  return -1;
}
