// Folds spellings that count as equal.
import { baseForm, expandedForm } from './base-form.ts';

/**
 * The version of the folding and of the tokenizer, as `docs/reference/words.md` describes them. Raised whenever a text
 * could come out differently, so that two decisions can be compared.
 */
export const FOLDING_VERSION = 3;

const BEYOND_ASCII = /[\u0080-\uffff]/;
const QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u02B9\u02BB\u02BC\u02BD\u055A\u05F3\u00B4\u0060\uFF07]/g;
/** Soft hyphen, zero-width characters, direction marks, variation selectors: invisible, so they do not separate words. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** The same without the non-joiner between Arabic letters, which Persian uses like a space. */
const INVISIBLE_BUT_NON_JOINER =
  /(?!(?<=\p{Script=Arabic})\u200C(?=\p{Script=Arabic}))\p{Default_Ignorable_Code_Point}/gu;
/** Normalizing sorts marks in quadratic time; real text never has this many in a row (UAX #15). */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
/** NFKC makes letters of them that would lengthen the name in front. */
const TRADE_MARKS = /[\u2120\u2122]/g;
/** NFKC decomposes the am vowels, which typists and dictionaries treat as one letter. */
const TAKEN_APART = /\u0E4D\u0E32|\u0ECD\u0EB2/g;
/** The raised dot within a Catalan double l, which is optional. */
const CATALAN_DOT = /(?<=[lL])\u00B7(?=[lL])/g;
/** Characters compared of a whole value; a policy's value has at most 500. */
const MOST_COMPARED = 4_096;

/** A text as `matches` and `exact:` see it: Unicode NFKC, curly quotes straight, invisible characters gone. Case is kept. */
export function plainText(text: string): string {
  return isPlain(text) ? text : madePlain(text);
}

function madePlain(text: string): string {
  const straight = text.replace(QUOTES, "'");
  if (isPlain(straight)) return straight;
  const invisible = text.includes('\u200C') ? INVISIBLE_BUT_NON_JOINER : INVISIBLE;
  return straight
    .replace(invisible, '')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(TRADE_MARKS, ' ')
    .normalize('NFKC')
    .replace(CATALAN_DOT, '')
    .replace(TAKEN_APART, (am) => (am === '\u0E4D\u0E32' ? '\u0E33' : '\u0EB3'));
}

/** Cached by UTF-16 unit: is it plain in any context? 0: not cached. */
const PLAIN_UNITS = new Uint8Array(0x1_0000);
const PLAIN = 1;
const NOT_PLAIN = 2;
/** What `madePlain` looks for, what combines with the preceding character (marks, Hangul in parts), and halves of pairs. */
const SEEN_TO = new RegExp(
  `${QUOTES.source}|${TRADE_MARKS.source}|[\\p{Default_Ignorable_Code_Point}\\p{M}\\p{Cs}\\u00B7\\u1100-\\u11FF\\uA960-\\uA97F\\uD7B0-\\uD7FF]`,
  'u',
);

/** Is nothing to be done? True for nearly every text, and this check takes a tenth of the time. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const known = PLAIN_UNITS[unit] ?? 0;
    if (known !== PLAIN && (known === NOT_PLAIN || !isPlainUnit(unit))) return false;
  }
  return true;
}

function isPlainUnit(unit: number): boolean {
  const char = String.fromCharCode(unit);
  const plain = !SEEN_TO.test(char) && char.normalize('NFKC') === char;
  PLAIN_UNITS[unit] = plain ? PLAIN : NOT_PLAIN;
  return plain;
}

/** The text that words are cut from: plain, in lower case. Accents and the like are handled by each word's readings. */
export const smallText = (text: string): string => plainText(text).toLowerCase();

/** A whole value (a tag, a name, a subject) in a comparable form: without accents, in lower case. */
export const foldText = (text: string): string => baseForm(smallText(text.slice(0, MOST_COMPARED)));

/** The same with `ue` for `ü` and the like; null when there is no such letter. */
export const expandText = (text: string): string | null =>
  BEYOND_ASCII.test(text) ? expandedForm(smallText(text.slice(0, MOST_COMPARED))) : null;

/** Every folded form of a whole value: two values are the same when they share one (`Größe`, `Groesse`, `GROSSE`). */
export function foldings(text: string): readonly string[] {
  const expanded = expandText(text);
  return expanded === null ? [foldText(text)] : [foldText(text), expanded];
}

/**
 * The forms of a whole value that a rule with `exact:` is compared with: as written, and in lower case, because a rule
 * in lower case matches both.
 */
export function exactForms(text: string): readonly string[] {
  const plain = plainText(text.slice(0, MOST_COMPARED)).trim();
  return [plain, plain.toLowerCase()];
}
