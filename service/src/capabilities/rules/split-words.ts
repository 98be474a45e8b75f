// Which words does a text consist of?
import { foldText } from './fold-text.ts';
import { scanWords, wordAt } from './scan-words.ts';
import { buildUnitCopier } from './text-units.ts';

/** Words beyond are not looked at. Zendesk keeps at most 65,536 characters of a comment. */
export const MAX_WORD_TEXT = 65_536;

/** A text as word conditions see it: its first `MAX_WORD_TEXT` characters, folded; folding may not make it longer. */
export const foldForWords = (text: string): string => cut(foldText(cut(text)));

const cut = (text: string): string => (text.length > MAX_WORD_TEXT ? text.slice(0, MAX_WORD_TEXT) : text);

/** Words of a text in order, folded, apostrophes aside. */
export function splitWords(text: string): string[] {
  const folded = foldForWords(text);
  const words: string[] = [];
  scanWords(buildUnitCopier()(folded), (start, end) => words.push(wordAt(folded, start, end)));
  return words;
}
