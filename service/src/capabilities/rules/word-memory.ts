// How is a word looked up without making a string of it, and without looking it up twice?
import type { Matches } from './find-patterns.ts';
import { NO_MATCH } from './find-patterns.ts';
import { APOSTROPHE, wordAt } from './scan-words.ts';

/** Words remembered per policy; a shop's whole vocabulary fits. Beyond it the memory starts afresh. */
const MOST = 32_768;
/** Longer ones are not remembered: they are links and serial numbers, which do not come back. */
const LONGEST = 40;
/** Places tried for a word. Bounds what a text made of colliding words could cost. */
const TRIES = 16;

/** Looks up the word `folded.slice(start, end)` whose hash is known. */
export type LookUp = (folded: string, start: number, end: number, hash: number) => Matches;

/** Remembers what `find` said of a word, in an open-addressed table over the hashes of `scanWords`. */
export function rememberWords(find: (word: string) => Matches): LookUp {
  let size = 1_024;
  let count = 0;
  let words: Array<string | undefined> = Array.from({ length: size });
  let matches: Array<Matches | undefined> = Array.from({ length: size });
  let hashes = new Int32Array(size);

  function put(word: string, hash: number, found: Matches): boolean {
    for (let i = 0; i < TRIES; i++) {
      const slot = (hash + i) & (size - 1);
      if (words[slot] !== undefined) continue;
      words[slot] = word;
      matches[slot] = found;
      hashes[slot] = hash;
      count++;
      return true;
    }
    return false;
  }

  function grow(): void {
    const before = { words, matches, hashes };
    const keep = count < MOST;
    if (keep) size *= 2;
    count = 0;
    words = Array.from({ length: size });
    matches = Array.from({ length: size });
    hashes = new Int32Array(size);
    if (!keep) return;
    for (const [slot, word] of before.words.entries()) {
      const found = before.matches[slot];
      if (word !== undefined && found !== undefined) put(word, before.hashes[slot] ?? 0, found);
    }
  }

  return (folded, start, end, rawHash) => {
    // The low bits choose the place, and the last letters alone would decide them.
    const hash = rawHash ^ (rawHash >>> 15);
    for (let i = 0; i < TRIES; i++) {
      const slot = (hash + i) & (size - 1);
      const word = words[slot];
      if (word === undefined) break;
      if (hashes[slot] === hash && isAt(folded, start, end, word)) return matches[slot] ?? NO_MATCH;
    }
    const word = ownCopy(wordAt(folded, start, end));
    const found = find(word);
    if (word.length <= LONGEST) {
      if (count * 2 >= size) grow();
      put(word, hash, found);
    }
    return found;
  };
}

/** Is it this word, apostrophes aside? */
function isAt(folded: string, start: number, end: number, word: string): boolean {
  let at = start;
  for (let i = 0; i < word.length; i++) {
    if (folded.charCodeAt(at) === APOSTROPHE) at++;
    if (at >= end || folded.charCodeAt(at++) !== word.charCodeAt(i)) return false;
  }
  return at === end;
}

/** V8 keeps a whole text alive behind a slice of 13 or more characters; a remembered word must not. */
const ownCopy = (word: string): string => (word.length < 13 ? word : Buffer.from(word, 'utf16le').toString('utf16le'));
