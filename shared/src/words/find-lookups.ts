// Finds what a lookup's pattern fits in a text.
import { RE2JS } from 're2js';
import { unicodePattern } from './unicode-pattern.ts';

/** UTF-16 code units of a text that are looked through. */
const LONGEST = 20_000;
/** Finds in one text; more are a list, not a number to look up. */
const MOST = 20;
const WORD = /[\p{L}\p{N}]/u;

/**
 * As written, in the text's order, each once (whatever its capitals). Found as a whole word: `\d{5}` not in a number of nine digits. Linear in the text.
 * @param pattern RE2, checked before. @throws RE2JSException for what RE2 does not support
 */
export function findLookups(pattern: string): (text: string) => string[] {
  const compiled = RE2JS.compile(unicodePattern(pattern), RE2JS.CASE_INSENSITIVE);
  return (whole) => {
    const text = whole.slice(0, LONGEST);
    const found = new Map<string, string>();
    const matcher = compiled.matcher(text);
    while (found.size < MOST && matcher.find()) {
      const isWhole = !WORD.test(text.charAt(matcher.start() - 1)) && !WORD.test(text.charAt(matcher.end()));
      const value = (matcher.group() ?? '').trim();
      if (isWhole && value !== '' && !found.has(value.toUpperCase())) found.set(value.toUpperCase(), value);
    }
    return [...found.values()];
  };
}
