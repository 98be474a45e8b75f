// Checks that RE2 accepts a regular expression.
import { RE2JS } from 're2js';
import { unicodePattern } from '../../words/unicode-pattern.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';

const LONGEST_PATTERN = 1000;

/** What is wrong with the value of `matches` or `not_matches`. */
export function checkPattern(pattern: unknown, at: PolicyPath): Finding[] {
  if (typeof pattern !== 'string')
    return [errorAt(at, "must be one regular expression as text: '\\brefund(s|ed)?\\b'")];
  if (pattern === '')
    return [errorAt(at, 'is an empty pattern, which matches every text; write a pattern or remove it')];
  if (pattern.length > LONGEST_PATTERN) return [errorAt(at, `is longer than ${LONGEST_PATTERN} characters`)];
  // In double quotes YAML turns \\b into the backspace character, and the pattern would silently never match.
  if (pattern.includes('\b'))
    return [errorAt(at, "contains \\b in double quotes, which YAML reads as a backspace; use single quotes: '\\b'")];
  if (/(?<!\\)(?:\\\\)*\\B/.test(pattern))
    return [notRe2(at, 'contains \\B, which is not supported; use \\w for the characters on both sides instead')];
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    RE2JS.compile(unicodePattern(pattern), RE2JS.CASE_INSENSITIVE);
    return compiled.matches('') ? [errorAt(at, 'matches every text, even an empty one; make it more specific')] : [];
  } catch (error) {
    return [notRe2(at, `is not a valid RE2 pattern: ${explain(error, pattern)}`)];
  }
}

const notRe2 = (at: PolicyPath, message: string) => errorAt(at, message, { code: 'pattern-not-re2' });

function explain(error: unknown, pattern: string): string {
  const said =
    error instanceof Error ? error.message.replace(/^error parsing regexp: /, '').replace('(?i)', '') : String(error);
  if (/\(\?<?[=!]/.test(pattern))
    return 'it uses look-ahead or look-behind, which RE2 does not support (RE2 guarantees linear time)';
  if (/invalid escape sequence: `\\\d/.test(said))
    return 'it uses a back-reference (\\1), which RE2 does not support (RE2 guarantees linear time)';
  return said;
}
