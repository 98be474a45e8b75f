// Is a regular expression of the policy found in a text?
import { RE2JS } from 're2js';
import { plainText } from './fold-text.ts';

/** `matches` looks at so many characters of a text. RE2 takes linear time, this bounds the line. */
export const MAX_PATTERN_TEXT = 16_384;

export interface Pattern {
  readonly test: (text: string) => boolean;
  /** The first stretch that matches, or null. */
  readonly find: (text: string) => string | null;
}

/**
 * Compiles an RE2 expression (https://github.com/google/re2/wiki/Syntax), case-insensitive.
 * @throws RE2JSException for what RE2 does not know (look-around, back references); the policy loader says so first.
 */
export function compilePattern(source: string): Pattern {
  const regex = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  const seen = (text: string): string => plainText(text.slice(0, MAX_PATTERN_TEXT));
  return {
    test: (text) => regex.test(seen(text)),
    find: (text) => {
      const matcher = regex.matcher(seen(text));
      return matcher.find() ? matcher.group() : null;
    },
  };
}
