// Is a regular expression of the policy found in a text?
import { plainText } from '@deskwright/shared';
import { RE2JS, RE2Set } from 're2js';

/** `matches` looks at so many characters of a text. RE2 takes linear time; this bounds the line. */
const MAX_PATTERN_TEXT = 16_384;

/** A text as expressions see it: its first `MAX_PATTERN_TEXT` characters, plain. */
export function textForPatterns(text: string): string {
  return plainText(text.length > MAX_PATTERN_TEXT ? text.slice(0, MAX_PATTERN_TEXT) : text);
}

/**
 * Compiles expressions (RE2, https://github.com/google/re2/wiki/Syntax, case-insensitive) to be looked for together:
 * one pass over the text for all of them.
 * @returns a function that tells the places of those found in a text.
 * @throws RE2JSException for what RE2 does not know (look-around, back references); the policy loader says so first.
 */
export function compilePatterns(sources: readonly string[]): (plain: string) => readonly number[] {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
  for (const source of sources) set.add(source);
  set.compile();
  return (plain) => set.match(plain);
}

/** Compiles one expression, when first needed, to tell the first stretch of a text that it matches, or null. */
export function patternFinder(source: string): (plain: string) => string | null {
  let compiled: RE2JS | undefined;
  return (plain) => {
    compiled ??= RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    const matcher = compiled.matcher(plain);
    return matcher.find() ? matcher.group() : null;
  };
}
