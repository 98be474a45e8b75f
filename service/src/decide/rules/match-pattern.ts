// Is a regular expression of the policy found in a text?
import { dottedAlike, markEdges, plainText, unicodePattern, withoutEdges } from '@deskwright/shared';
import { RE2JS, RE2Set } from 're2js';

/** `matches` looks at so many characters of a text. RE2 takes linear time; this bounds the line. */
const MAX_PATTERN_TEXT = 16_384;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** A text as expressions see it: its first `MAX_PATTERN_TEXT` characters, plain. */
export function textForPatterns(text: string): string {
  return plainText(text.length > MAX_PATTERN_TEXT ? text.slice(0, MAX_PATTERN_TEXT) : text);
}

/**
 * Compiles expressions (RE2, https://github.com/google/re2/wiki/Syntax, case-insensitive) to be looked for together:
 * one pass over the text for all of them. RE2 takes ASCII letters only for those of words, so where a text or an
 * expression has others they are looked for in a form that knows them (see `unicodePattern`).
 * @returns a function that tells the places of those found in a text.
 * @throws RE2JSException for what RE2 does not know (look-around, back references); the policy loader says so first.
 */
export function compilePatterns(sources: readonly string[]): (plain: string) => readonly number[] {
  const isAscii = !sources.some((source) => BEYOND_ASCII.test(source));
  const ascii = compileSet(isAscii ? sources : []);
  let unicode: RE2Set | undefined;
  return (plain) => {
    if (isAscii && !BEYOND_ASCII.test(plain)) return ascii.match(plain);
    unicode ??= compileSet(sources.map(unicodePattern));
    return unicode.match(markEdges(dottedAlike(plain)));
  };
}

function compileSet(sources: readonly string[]): RE2Set {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
  for (const source of sources) set.add(source);
  set.compile();
  return set;
}

/** Compiles one expression, when first needed, to tell the first stretch of a text that it matches, or null. */
export function patternFinder(source: string): (plain: string) => string | null {
  let compiled: RE2JS | undefined;
  return (plain) => {
    compiled ??= RE2JS.compile(unicodePattern(source), RE2JS.CASE_INSENSITIVE);
    const matcher = compiled.matcher(markEdges(dottedAlike(plain)));
    return matcher.find() ? withoutEdges(matcher.group() ?? '') : null;
  };
}
