// How is a word looked up without making a string of it, and without looking it up twice?
import type { Matches } from './find-patterns.ts';

/** Words remembered per policy; a shop's whole vocabulary fits. Beyond it the memory starts afresh. */
const MOST = 32_768;
/** Longer ones are not remembered: they are links and serial numbers, which do not come back. */
const LONGEST = 40;
/** Places tried for a word. Bounds what a text made of colliding words could cost. */
const TRIES = 16;

/** Looks up the word between two places of a text, whose hash (see `scanWords`) is known. */
export type LookUp = (units: Uint16Array, start: number, end: number, hash: number) => Matches;

interface Remembered {
  readonly word: Uint16Array;
  readonly hash: number;
  readonly found: Matches;
}

/** Remembers what `find` said of a word, in an open-addressed table. */
export function rememberWords(find: (word: string) => Matches): LookUp {
  let slots: Array<Remembered | null> = emptySlots(1_024);
  let count = 0;

  function put(one: Remembered): void {
    for (let i = 0; i < TRIES; i++) {
      const slot = (one.hash + i) & (slots.length - 1);
      if (slots[slot] !== null) continue;
      slots[slot] = one;
      count++;
      return;
    }
  }

  function makeRoom(): void {
    if (count * 2 < slots.length) return;
    const before = slots;
    const full = count >= MOST;
    slots = emptySlots(full ? 1_024 : slots.length * 2);
    count = 0;
    if (!full) for (const one of before) if (one !== null) put(one);
  }

  return (units, start, end, rawHash) => {
    // The low bits choose the place, and the last letters alone would decide them.
    const hash = rawHash ^ (rawHash >>> 15);
    for (let i = 0; i < TRIES; i++) {
      const one = slots[(hash + i) & (slots.length - 1)] ?? null;
      if (one === null) break;
      if (one.hash === hash && isAt(units, start, end, one.word)) return one.found;
    }
    const word = units.slice(start, end);
    const found = find(Buffer.from(word.buffer).toString('utf16le'));
    if (word.length <= LONGEST) {
      makeRoom();
      put({ word, hash, found });
    }
    return found;
  };
}

const emptySlots = (size: number): null[] => Array.from({ length: size }, () => null);

function isAt(units: Uint16Array, start: number, end: number, word: Uint16Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (units[start + i] !== word[i]) return false;
  return true;
}
