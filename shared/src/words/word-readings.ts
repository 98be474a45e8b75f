// Lists the readings of a word in a text.
import { baseForm, expandedForm } from './base-form.ts';

/** Joined parts and apostrophes read in one word; no real word has more. */
const MOST_PARTS = 4;
/** Has one reading. */
const PLAIN = /^[a-z0-9]*$/;
const JOINERS = /[-\u2010\u05BE\u200C"\u05F4]/g;

/**
 * The readings of a policy's word, in small letters: its base form, the one with `ue` for `ü`, and without the Arabic
 * article. A text has the word when it has one of them among its own readings.
 */
export function ruleReadings(word: string): readonly string[] {
  const joined = dropSigns(word);
  const base = baseForm(joined);
  const readings = [base, expandedForm(joined), ARTICLE.test(base) ? base.slice(2) : null];
  return [...new Set(readings.filter((one) => one !== null))];
}

/**
 * The readings of a word of a text, in small letters, as it stands there, with apostrophes and hyphens: whole, and
 * without what is only put before or behind it: an elided article (`l'`), a possessive or a suffix at an apostrophe
 * (`'s`, `'yi`), Arabic and Hebrew one-letter prefixes and articles, Korean particles.
 */
export function textReadings(word: string): readonly string[] {
  if (PLAIN.test(word)) return [word];
  const readings = new Set<string>();
  for (const form of formsOf(word)) {
    const base = baseForm(form);
    readings.add(base);
    const expanded = expandedForm(form);
    if (expanded !== null) readings.add(expanded);
    for (const rest of withoutAffixes(base)) readings.add(rest);
  }
  return [...readings];
}

/** For `exact:`: as written and, for rules in small letters, in small letters; parts at an apostrophe as above. */
export function exactReadings(word: string): readonly string[] {
  return [...new Set(formsOf(word).flatMap((form) => [form, form.toLowerCase()]))];
}

/** For `exact:`: a rule's word is read in one way. */
export const exactRuleReadings = (word: string): readonly string[] => [dropSigns(word)];

const dropSigns = (word: string): string =>
  /^[a-z0-9]*$/.test(word) ? word : word.replace(JOINERS, '').replaceAll("'", '');

/** A word without its apostrophes, and the parts beside them that are words of their own. */
function formsOf(word: string): readonly string[] {
  const whole = dropSigns(word);
  if (!word.includes("'")) return [whole];
  const parts = word.replace(JOINERS, '').split("'");
  if (parts.length > MOST_PARTS) return [whole];
  const forms = [whole];
  for (let at = 1; at < parts.length; at++) {
    const [before, after] = [parts.slice(0, at).join(''), parts.slice(at).join('')];
    if (isStem(before, after)) forms.push(before);
    for (const part of isElided(before, after) ? [after, parts[at] ?? ''] : []) if (part.length > 1) forms.push(part);
  }
  return forms;
}

/** `l'`, `qu'`, `dell'` stand before a vowel or a silent h; `'ll`, `'re`, `'ve` begin with none. */
const isElided = (before: string, after: string): boolean =>
  /^\p{Script=Latin}{1,8}$/u.test(before) && /^[aeiouyhœæ]/u.test(after.normalize('NFD'));

/** What stands before a suffix; not `can` in `can't`, nor halves of Ukrainian words, whose apostrophe is no seam. */
const isStem = (before: string, after: string): boolean =>
  before.length > 1 &&
  /^[\p{Script=Latin}\p{Script=Greek}\p{M}\p{N}]+$/u.test(before) &&
  !(after === 't' && before.endsWith('n'));

/** Base forms of the article, and of prefixes written as one with it. */
const ARTICLE = /^ال(?=.{3})/u;
const ARABIC_PREFIX = /^(?:[وف]?(?:ال|[بك]ال|لل|[بكل])|[وف])(?=.{3})/u;
const HEBREW_PREFIX = /^[ושכהבלמ](?=.{3})/u;
/** Common words that only look as if they began with a prefix. */
const NO_PREFIX: ReadonlySet<string> = new Set(['מספר', 'מכתב', 'מבצע']);
const MOST_HEBREW_PREFIXES = 3;
/**
 * Particles, and the forms of the verbs that make `to refund` of `refund`, `to be refunded` and the like.
 */
const KOREAN_ENDING =
  /(?<=^.{2,})(?:은|는|이|가|을|를|의|에|도|만|로|으로|와|과|랑|이랑|요|에서|에게|한테|까지|부터|이나|나|이요|입니다|이에요|예요|인데|인데요|하기|하고|하는|하려고|하려면|하면|한|할|할게요|해|해서|해요|해줘|해주세요|해주십시오|해야|했어요|했는데|했습니다|합니다|하고싶어요|부탁드립니다|부탁드려요|부탁해요|드립니다|드려요|좀|되나요|되었나요|됐나요|되었어요|됐어요|되었습니다|됐습니다|됩니다|되는|된|돼요|안되나요|받고|받을|받고싶어요|받았어요|받았습니다|나요|나서|났어요|났는데|났네요|났습니다)$/u;

function withoutAffixes(word: string): readonly string[] {
  const code = word.charCodeAt(0);
  if (code >= 0x0621 && code <= 0x064a) return withoutArabicPrefix(word);
  if (code >= 0x05d0 && code <= 0x05ea) return withoutHebrewPrefixes(word);
  if (code >= 0xac00 && code <= 0xd7a3) return word.length > 20 ? [] : [word.replace(KOREAN_ENDING, '')];
  return [];
}

function withoutArabicPrefix(word: string): readonly string[] {
  const prefix = ARABIC_PREFIX.exec(word)?.[0] ?? '';
  if (prefix === '') return [];
  const forms = [word.slice(prefix.length)];
  // Of what may be one letter more of the word: `وال` + `د...` is also `و` + `ال...`.
  if (prefix.length > 1) forms.push(word.slice(1));
  return forms;
}

function withoutHebrewPrefixes(word: string): readonly string[] {
  const rests: string[] = [];
  let rest = word;
  while (rests.length < MOST_HEBREW_PREFIXES && HEBREW_PREFIX.test(rest) && !NO_PREFIX.has(rest)) {
    rest = rest.slice(1);
    rests.push(rest);
  }
  return rests;
}
