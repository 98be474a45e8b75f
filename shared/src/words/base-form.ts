// Reduces a spelling to its base form, without accents, strokes and letter forms.
import { EXPANSIONS, LETTERS } from './letters.ts';

const BEYOND_ASCII = /[\u0080-\uffff]/;
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
const EXPANDED = new RegExp(`[${Object.keys(EXPANSIONS).join('')}]`, 'gu');
const DIGIT = /[^\P{Nd}0-9]/gu;
/** Accents, vowel signs and points. In scripts where a mark is a letter (Hindi, Thai) only the nukta. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+|[\u093C\u0A3C]/gu;
const MARKED_CYRILLIC = /(\p{Script=Cyrillic})(\p{M}+)/gu;
/** й, ў and ї are separate letters; ё is often written without its dots. */
const CYRILLIC_LETTERS: ReadonlySet<string> = new Set(['и\u0306', 'у\u0306', 'і\u0308']);
const KATAKANA = /[\u30A1-\u30F6]/g;
const TO_HIRAGANA = 0x60;

/**
 * The base form of small letters (see `smallText`): letters without accents, digits of all scripts as 0 to 9, katakana
 * as hiragana. Words that people consider the same have the same base form; see also `expandedForm`.
 */
export function baseForm(small: string): string {
  if (!BEYOND_ASCII.test(small)) return small;
  const bare = small
    .normalize('NFD')
    .replace(MARKED, '$1')
    .replace(MARKED_CYRILLIC, (_, letter: string, [first = '']: string) =>
      CYRILLIC_LETTERS.has(letter + first) ? letter + first : letter,
    )
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(DIGIT, valueOf)
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - TO_HIRAGANA));
  return foldDevanagari(foldFinalHamza(bare));
}

/** The base form with `ue` for `ü` and the like; null when the word has no such letter. */
export function expandedForm(small: string): string | null {
  if (!BEYOND_ASCII.test(small) || small.search(EXPANDED) < 0) return null;
  return baseForm(small.replace(EXPANDED, (letter) => EXPANSIONS[letter] ?? letter));
}

/** Left out at the end of longer words (`إلغاء`, `الغا`); `ماء` and `ما` are two words. */
const foldFinalHamza = (word: string): string =>
  word.includes('ء') ? word.replace(/(?<=\p{Script=Arabic}{3})ء(?!\p{Script=Arabic})/gu, '') : word;

const DEVANAGARI = /[\u0900-\u097f]/;

/**
 * A nasal before a consonant of its own row is written as a dot as well, and so are the moon-dot and glides at the end; a
 * nasal behind a vowel sign at the end is often left out (`नहीं`, `नही`).
 */
function foldDevanagari(word: string): string {
  if (!DEVANAGARI.test(word)) return word;
  return word
    .replace(/ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])|ँ/gu, 'ं')
    .replace(/(?<=[\u0900-\u097f])ये(?![\u0900-\u097f])/gu, 'ए')
    .replace(/(?<=[\u093e-\u094c])ं(?![\u0900-\u097f])/gu, '')
    .replace(/(?<=[\u0900-\u097f])यी(?![\u0900-\u097f])/gu, 'ई');
}

/** The value of a decimal digit of any script: they are encoded in groups of ten. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}
