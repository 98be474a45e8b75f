// Which words does a text consist of?
import { foldText } from './fold-text.ts';

/** Words of longer texts are not looked at. Zendesk itself keeps at most 65,536 characters of a comment. */
export const MAX_WORD_TEXT = 65_536;

const KIND = { gap: 1, word: 2, alone: 3 } as const;
const WORD = /[\p{L}\p{N}\p{M}]/u;
/** Scripts written without spaces, and pictures: each character counts as a word, so phrases still work. */
const ALONE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]/u;

const kindOfUnit = new Uint8Array(0x10000);

function kindOf(codePoint: number): number {
  if (codePoint > 0xffff) return classify(codePoint);
  const known = kindOfUnit[codePoint] ?? 0;
  if (known !== 0) return known;
  const kind = classify(codePoint);
  kindOfUnit[codePoint] = kind;
  return kind;
}

function classify(codePoint: number): number {
  const char = String.fromCodePoint(codePoint);
  if (WORD.test(char)) return ALONE.test(char) ? KIND.alone : KIND.word;
  return ALONE.test(char) ? KIND.alone : KIND.gap;
}

/**
 * Words of a text in order, folded (see `foldText`): runs of letters and digits; anything else parts them, so
 * `sign-up`, `sign up` and `Sign  Up!` are the same two words. At most the first `MAX_WORD_TEXT` characters count.
 */
export function splitWords(text: string): string[] {
  const folded = foldText(text.length > MAX_WORD_TEXT ? text.slice(0, MAX_WORD_TEXT) : text);
  const words: string[] = [];
  let start = -1;
  let at = 0;
  while (at < folded.length) {
    const code = folded.codePointAt(at) ?? 0;
    const size = code > 0xffff ? 2 : 1;
    const kind = kindOf(code);
    if (kind === KIND.word) {
      if (start < 0) start = at;
    } else {
      if (start >= 0) words.push(folded.slice(start, at));
      start = -1;
      if (kind === KIND.alone) words.push(folded.slice(at, at + size));
    }
    at += size;
  }
  if (start >= 0) words.push(folded.slice(start));
  return words;
}
