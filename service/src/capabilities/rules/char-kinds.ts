// Does a character belong to a word, part words, or stand for one by itself?

export const GAP = 1;
export const WORD = 2;
const ALONE = 3;

const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
/** Scripts written without spaces, and pictures: each character counts as a word, so phrases still work. */
const STANDS_ALONE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]/u;

const CODE_POINTS = 0x11_0000;

/** Kinds by code point, as far as they have been met; 0: not yet, or half of a pair. */
export const KINDS = new Uint8Array(CODE_POINTS);

/** The kind of a code point. */
export function kindOf(code: number): number {
  const known = KINDS[code] ?? 0;
  if (known !== 0) return known;
  const char = String.fromCodePoint(code);
  const kind = STANDS_ALONE.test(char) ? ALONE : IN_WORD.test(char) ? WORD : GAP;
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if (!isHalf) KINDS[code] = kind;
  return kind;
}
