// Classifies characters: part of a word, separator, joiner, or a word by itself.

export const GAP = 1;
export const WORD = 2;
const ALONE = 3;
/** Between two words: they may also be one (`e-mail`, `email`). Elsewhere a gap. */
export const JOINER = 4;

const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
/**
 * Scripts written without spaces, and pictographs: each character counts as a word, so phrases still work. By
 * `Script_Extensions`, which has the prolonged sound mark (`ー`) with the kana that it follows.
 */
const STANDS_ALONE =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
/** Digits of all scripts make numbers. */
const DIGIT = /\p{Nd}/u;
const PICTURE = /\p{Extended_Pictographic}/u;
/** Hyphens, the Hebrew maqaf, the non-joiner, and the quote in Hebrew abbreviations. */
const JOINERS: ReadonlySet<number> = new Set([0x2d, 0x2010, 0x05be, 0x200c, 0x22, 0x05f4]);

const CODE_POINTS = 0x11_0000;

/** Cached kinds by code point; 0: not cached, or an unpaired surrogate. */
export const KINDS = new Uint8Array(CODE_POINTS);

/** The kind of a code point. */
export function kindOf(code: number): number {
  const known = KINDS[code] ?? 0;
  if (known !== 0) return known;
  const kind = classify(code);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if (!isHalf) KINDS[code] = kind;
  return kind;
}

function classify(code: number): number {
  if (JOINERS.has(code)) return JOINER;
  const char = String.fromCodePoint(code);
  if (PICTURE.test(char)) return ALONE;
  if (!IN_WORD.test(char)) return GAP;
  return STANDS_ALONE.test(char) && !DIGIT.test(char) ? ALONE : WORD;
}

/** Is it a character of a script without spaces? */
export const standsAlone = (char: string): boolean => kindOf(char.codePointAt(0) ?? 0) === ALONE;
