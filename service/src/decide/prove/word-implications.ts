// Finds which words and phrases are certain to be found wherever another one is.
import {
  EXACTLY,
  exactRuleReadings,
  foldings,
  parsePhrase,
  plainText,
  ruleReadings,
  type WordPattern,
} from '@deskwright/shared';
import { allowedSlips } from '../rules/misspellings.ts';

/**
 * True: every text that has `narrow` has `wide`, whatever other words the policy has. False: that cannot be shown. A longer phrase
 * has the words of a shorter one in its midst; each word of the shorter one must accept what the other accepts.
 */
export function textImplies(narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  const [a, b] = [known(narrow), known(wide)];
  if (a.isExact !== b.isExact || !mayHave(a, b)) return false;
  // In scripts without spaces it depends on the whole text where a word may begin and end.
  if (a.ways.length === 0 || b.beginsOrEndsWord) return false;
  return a.ways.every((way) => b.ways.some((other) => isWithin(other, way, a.isExact)));
}

/** Tells nearly every pair of phrases apart: a word of the one must begin the other. */
function mayHave({ readings }: KnownPhrase, { firsts, isOpen }: KnownPhrase): boolean {
  for (const first of firsts) {
    for (const reading of readings) if (isOpen ? reading.includes(first) : reading === first) return true;
  }
  return false;
}

/** The same for the entries of a list, such as tags, which are compared as a whole. */
export function entryImplies(narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  const [a, b] = [entryOf(narrow), entryOf(wide)];
  if (a.isExact || b.isExact) return a.isExact && b.isExact && a.word === b.word && !hasMark(narrow) && !hasMark(wide);
  const wanted = foldings(b.word);
  return foldings(a.word).every((form) => wanted.some((other) => accepts(a, form, b, other)));
}

/** Both, for custom fields, which may be texts or lists. */
export const alwaysImplies = (narrow: string, wide: string): boolean =>
  textImplies(narrow, wide) && entryImplies(narrow, wide);

/** A word of a phrase, with the forms under which texts may have it. */
interface KnownWord extends WordPattern {
  readonly readings: readonly string[];
}

/** A phrase with what is asked about it for each pair. */
interface KnownPhrase {
  readonly isExact: boolean;
  readonly beginsOrEndsWord: boolean;
  readonly ways: ReadonlyArray<readonly KnownWord[]>;
  /** Of all its words. */
  readonly readings: readonly string[];
  /** Of the first word of each of its ways. */
  readonly firsts: readonly string[];
  /** Whether any word of it has a `*`. */
  readonly isOpen: boolean;
}

const cache = new Map<string, KnownPhrase>();
/** Policies have some ten thousand phrases at most; the cache is emptied before it holds many more. */
const MOST_KNOWN = 100_000;

function known(text: string): KnownPhrase {
  const before = cache.get(text);
  if (before !== undefined) return before;
  if (cache.size >= MOST_KNOWN) cache.clear();
  const { isExact, beginsWord, endsWord, ...phrase } = parsePhrase(text);
  const read = isExact ? exactRuleReadings : ruleReadings;
  const ways = phrase.ways.map((way) => way.map((pattern) => ({ ...pattern, readings: read(pattern.word) })));
  const words = ways.flat();
  const made = {
    isExact,
    beginsOrEndsWord: beginsWord || endsWord,
    ways,
    readings: [...new Set(words.flatMap(({ readings }) => readings))],
    firsts: [...new Set(ways.flatMap(([first]) => first?.readings ?? []))],
    isOpen: words.some(isOpen),
  };
  cache.set(text, made);
  return made;
}

/** Are the words of the shorter one next to one another in the longer one? */
function isWithin(shorter: readonly KnownWord[], longer: readonly KnownWord[], isExact: boolean): boolean {
  if (shorter.length === 0) return false;
  for (let from = 0; from + shorter.length <= longer.length; from++) {
    if (shorter.every((wide, at) => wordImplies(longer[from + at], wide, isExact))) return true;
  }
  return false;
}

function wordImplies(narrow: KnownWord | undefined, wide: KnownWord, isExact: boolean): boolean {
  if (narrow === undefined) return false;
  if (narrow.misspelt && !acceptsMisspellings(narrow, wide)) return false;
  if (!isExact && dependsOnTones(wide) && (isOpen(narrow) || narrow.word !== wide.word)) return false;
  return narrow.readings.every((form) => wide.readings.some((other) => accepts(narrow, form, wide, other)));
}

/**
 * A misspelling counts only while no word of the policy is spelt so, and then for every word that it may stand for. What is near a word begins
 * with something as near to the word's beginning.
 */
function acceptsMisspellings(narrow: KnownWord, wide: KnownWord): boolean {
  if (!wide.misspelt || (narrow.anyEnding && !wide.anyEnding)) return false;
  if (wide.word === narrow.word) return true;
  return (
    wide.anyEnding &&
    narrow.readings.every((form) =>
      wide.readings.some((other) => form.startsWith(other) && allowedSlips(form.length) <= allowedSlips(other.length)),
    )
  );
}

const isOpen = ({ anyBeginning, anyEnding }: WordPattern): boolean => anyBeginning || anyEnding;

/** Vietnamese tones are compared only where both sides have marks (see `find-patterns.ts`). */
const dependsOnTones = (pattern: WordPattern): boolean =>
  !isOpen(pattern) && /\p{M}|đ/u.test(pattern.word.normalize('NFD'));

interface Marks {
  readonly anyBeginning: boolean;
  readonly anyEnding: boolean;
}

/** Does every word that fits `form` with the marks of `narrow` fit `other` with those of `wide`? */
function accepts(narrow: Marks, form: string, wide: Marks, other: string): boolean {
  if (wide.anyBeginning && wide.anyEnding) return form.includes(other);
  if (wide.anyEnding) return !narrow.anyBeginning && form.startsWith(other);
  if (wide.anyBeginning) return !narrow.anyEnding && form.endsWith(other);
  return !narrow.anyBeginning && !narrow.anyEnding && form === other;
}

const hasMark = (phrase: string): boolean => /[*~]/.test(phrase);

/** As `findEntries` reads a phrase. */
function entryOf(phrase: string): Marks & { readonly isExact: boolean; readonly word: string } {
  if (phrase.startsWith(EXACTLY)) {
    const word = plainText(phrase.slice(EXACTLY.length)).trim();
    return { isExact: true, word, anyBeginning: false, anyEnding: false };
  }
  const word = phrase.replace(/[*~]+$/, '').replace(/^\*+/, '');
  return { isExact: false, word, anyBeginning: phrase.startsWith('*'), anyEnding: /\*~*$/.test(phrase) };
}
