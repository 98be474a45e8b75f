// Splits a text at the words that decided, so that a page can mark them.
import type { Decision, Reason } from '@deskwright/shared';

export interface Piece {
  readonly text: string;
  /** What the word decided: `category: trigger "Asks for money back"`. Null: it decided nothing. */
  readonly why: string | null;
}

/** Words by what they decided, as the conditions that held saw them. */
export function wordsThatDecided({ category, priority, tags }: Decision): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const add = (what: string, reason: Reason): void => {
    if (reason.by !== 'trigger') return;
    for (const { field, saw, held, inVain } of reason.conditions) {
      if (!held || inVain || !TEXTS.has(field)) continue;
      for (const word of [saw].flat())
        if (typeof word === 'string' && word.trim() !== '' && !words.has(word.toLowerCase()))
          words.set(word.toLowerCase(), `${what}: trigger "${reason.title}"`);
    }
  };
  add('category', category.reason);
  add('priority', priority.reason);
  for (const tag of tags) add(`tag ${tag.value}`, tag.reason);
  return words;
}

const TEXTS: ReadonlySet<string> = new Set(['subject', 'description', 'text', 'comment']);

/** The whole text in pieces. Longer words first, so that "money back" is not marked as "money". */
export function markWords(text: string, words: ReadonlyMap<string, string>): Piece[] {
  const small = text.toLowerCase();
  // A letter that changes its length in lower case (İ) would move all that follows.
  if (small.length !== text.length || words.size === 0) return [{ text, why: null }];
  const found = [...words]
    .flatMap(([word, why]) => placesOf(small, word).map((start) => ({ start, end: start + word.length, why })))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, why } of found) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), why: null });
    pieces.push({ text: text.slice(start, end), why });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), why: null });
  return pieces;
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) places.push(at);
  return places;
}

/** In scripts without spaces a word may stand inside others. */
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Script=Latin}\p{Nd}]/u.test(character);
