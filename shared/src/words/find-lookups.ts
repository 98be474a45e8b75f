// Finds what a lookup's pattern fits in a text.
import { RE2JS } from 're2js';

/** UTF-16 code units of a text that are looked through. */
const LONGEST = 20_000;
/** Of what is found, as of the policy's example; a longer one is no number to copy. UTF-16 code units. */
const LONGEST_FOUND = 200;
/** Finds in one text, also of the same number; more are a list, not a number to look up. Each may cost a look through the whole text. */
const MOST = 50;

/**
 * As written, in the text's order, each once (whatever its capitals). Found as a whole word: `\d{5}` not in a number of nine digits. Classes are
 * RE2's own, so `\d` is 0 to 9. The boundaries are part of the expression, so that RE2 finds in one pass that no whole word fits.
 * @param pattern RE2, checked before. @throws RE2JSException for what RE2 does not support
 */
export function findLookups(pattern: string): (text: string) => string[] {
  // A quotation may be left open at the end of a pattern.
  const closed = pattern.lastIndexOf('\\Q') > pattern.lastIndexOf('\\E') ? `${pattern}\\E` : pattern;
  const compiled = RE2JS.compile(`(?:^|[^\\p{L}\\p{N}])(${closed})(?:$|[^\\p{L}\\p{N}])`, RE2JS.CASE_INSENSITIVE);
  return (whole) => {
    const text = whole.slice(0, LONGEST);
    const found = new Map<string, string>();
    const matcher = compiled.matcher(text);
    for (let n = 0, from = 0; n < MOST && from < text.length && matcher.find(from); n++) {
      const value = (matcher.group(1) ?? '').trim();
      const key = value.toUpperCase();
      if (value !== '' && value.length <= LONGEST_FOUND && !found.has(key)) found.set(key, value);
      // The character after one number may be the one before the next.
      from = Math.max(matcher.end(1), from + 1);
    }
    return [...found.values()];
  };
}
