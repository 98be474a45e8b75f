// Splits a text into words.
import { baseForm } from './base-form.ts';
import { smallText } from './fold-text.ts';
import { scanWords } from './scan-words.ts';

/** Later words are ignored. Zendesk keeps at most 65,536 characters of a comment. */
export const MAX_WORD_TEXT = 65_536;

/** The text that word conditions use: its first `MAX_WORD_TEXT` characters, in lower case, which never makes it longer. */
export const smallForWords = (text: string): string => cutForWords(smallText(cutForWords(text)));

/** The first `MAX_WORD_TEXT` characters. */
export const cutForWords = (text: string): string =>
  text.length > MAX_WORD_TEXT ? text.slice(0, MAX_WORD_TEXT) : text;

/** A word of a text. */
export interface WrittenWord {
  readonly written: string;
  /** The position of its first word in the text, from 0. */
  readonly place: number;
  /** How many words, joined by hyphens, it consists of. */
  readonly parts: number;
}

/** Words of a text that is small or plain already, in order; those joined by hyphens are there alone and joined. */
export function wordsIn(text: string): WrittenWord[] {
  const words: WrittenWord[] = [];
  const at = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  let place = 0;
  scanWords({ at, length: text.length }, (start, end, _, parts) => {
    const own = parts === 1 ? place++ : place - 1;
    words.push({ written: text.slice(start, end), place: own, parts });
  });
  return words;
}

/** Words of a text in order in their base form, apostrophes aside; those joined by hyphens are not joined. */
export function splitWords(text: string): string[] {
  return wordsIn(smallForWords(text)).flatMap(({ written, parts }) =>
    parts === 1 ? [baseForm(written.replaceAll("'", ''))] : [],
  );
}
