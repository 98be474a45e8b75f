// Checks that RE2 accepts a regular expression.
import { RE2JS } from 're2js';
import { unicodePattern } from '../../words/unicode-pattern.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';

const LONGEST_PATTERN = 1000;

/** What is wrong with the value of `matches` or `not_matches`. */
export function checkPattern(pattern: unknown, at: PolicyPath): Finding[] {
  if (typeof pattern !== 'string')
    return [errorAt(at, "must be one regular expression as text: '\\brefund(s|ed)?\\b'")];
  if (pattern === '') return [errorAt(at, 'is an empty pattern, which is found in every text; write one or remove it')];
  if (pattern.length > LONGEST_PATTERN) return [errorAt(at, `is longer than ${LONGEST_PATTERN} characters`)];
  // In double quotes YAML turns \\b into the backspace character, and the pattern would silently never match.
  if (pattern.includes('\b'))
    return [errorAt(at, "has \\b in double quotes, which YAML reads as backspace; use single quotes: '\\b'")];
  if (/(?<!\\)(?:\\\\)*\\B/.test(pattern))
    return [errorAt(at, 'has \\B, which is not supported; use \\w for the characters on both sides instead')];
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    RE2JS.compile(unicodePattern(pattern), RE2JS.CASE_INSENSITIVE);
    return compiled.matches('')
      ? [errorAt(at, 'is found in every text, even an empty one; make it more specific')]
      : [];
  } catch (error) {
    return [errorAt(at, `is not a pattern RE2 can read: ${explain(error, pattern)}`)];
  }
}

function explain(error: unknown, pattern: string): string {
  const said =
    error instanceof Error ? error.message.replace(/^error parsing regexp: /, '').replace('(?i)', '') : String(error);
  if (/\(\?<?[=!]/.test(pattern))
    return 'it uses look-ahead or look-behind, which RE2 does not support, so that no pattern can be slow';
  if (/invalid escape sequence: `\\\d/.test(said))
    return 'it refers back to a group (\\1), which RE2 does not support, so that no pattern can be slow';
  return said;
}
