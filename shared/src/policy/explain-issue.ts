// Explains an issue found by Zod in an ops lead's words.
import type { z } from 'zod';
import { shorten } from './check/check-spelling.ts';
import { errorAt, type Finding, type PolicyPath } from './finding.ts';
import { nearestSpelling } from './nearest-spelling.ts';
import type { FindingParams } from './schema/from-check.ts';
import { policySchema } from './schema.ts';
import { exampleAt, keysAt } from './schema-at.ts';
import { valueAt } from './value-at.ts';

/**
 * What Zod found, as findings. A key that is missing because it is misspelt is reported once.
 * @param value the whole of what was written
 */
export function explainIssues(issues: readonly z.core.$ZodIssue[], value: unknown): Finding[] {
  const findings = issues.flatMap((issue) => explainIssue(issue, value));
  const misspelt = new Set(
    findings.filter(({ at }) => at === 'key').map(({ path, didYouMean }) => placeOf(path.slice(0, -1), didYouMean)),
  );
  return findings.filter(({ at, path }) => at !== 'block' || !misspelt.has(placeOf(path.slice(0, -1), path.at(-1))));
}

function placeOf(block: PolicyPath, key: string | number | undefined): string {
  return JSON.stringify([...block, key]);
}

/** One finding, or one for each unknown key. */
function explainIssue(issue: z.core.$ZodIssue, value: unknown): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const written = valueAt(value, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path));
  // Also our own checks run on what is not there, and have less to say about it.
  if (
    written === undefined &&
    path.length > 0 &&
    valueAt(value, path.slice(0, -1)) !== undefined &&
    issue.code !== 'custom'
  ) {
    return [missingKey(path)];
  }
  if (written === null)
    return [errorAt(path, `${label(path)} has no value; add one or remove the key`, ofNothing(path))];
  switch (issue.code) {
    case 'custom':
      return [explainCustom(issue, path)];
    case 'invalid_type':
      // A key's own schema may have explained it better than its type does.
      if (!issue.message.startsWith('Invalid input'))
        return [errorAt(path, `${label(path)} ${quote(written)}${issue.message}`)];
      return [errorAt(path, explainType(issue.expected, written, path))];
    case 'invalid_value':
      return [explainValue(issue, written, path)];
    default:
      return [errorAt(path, `${label(path)} ${quote(written)}${issue.message}`)];
  }
}

function explainCustom(issue: z.core.$ZodIssue & { code: 'custom' }, path: PolicyPath): Finding {
  const finding = (issue.params as FindingParams | undefined)?.finding;
  const whole = withLabel(finding?.message ?? issue.message, path);
  return { ...errorAt(path, whole), ...finding, path, message: whole };
}

/** A message that begins with a verb goes on from the name of its key. */
function withLabel(message: string, path: PolicyPath): string {
  return /^(is|has|must|says|does) /.test(message) ? `${label(path)} ${message}` : message;
}

function unknownKey(key: string, block: PolicyPath): Finding {
  const allowed = keysAt(policySchema, block);
  const visible = key.replace(/[\u00a0\u200b-\u200f\u2060\ufeff]/g, '');
  if (allowed.includes(visible))
    return errorAt([...block, key], `"${visible}" contains an invisible character; retype the key`, {
      at: 'key',
      didYouMean: visible,
    });
  const [, glued = ''] = /^([\w-]+):/.exec(key) ?? [];
  if (allowed.includes(glued))
    return errorAt([...block, key], `a space is missing after the colon of "${shorten(key)}"`, {
      at: 'key',
      didYouMean: glued,
    });
  const didYouMean = nearestSpelling(key, allowed);
  const where = block.length === 0 ? 'at the top of the file' : `in ${label(block)}`;
  return errorAt([...block, key], `"${shorten(key)}" is not known ${where}`, {
    at: 'key',
    allowed,
    ...(didYouMean !== undefined && { didYouMean }),
  });
}

function missingKey(path: PolicyPath): Finding {
  const example = exampleAt(policySchema, path);
  const shown =
    typeof example === 'string' || typeof example === 'number' ? `; write for example ${path.at(-1)}: ${example}` : '';
  const block = path.slice(0, -1);
  const where = block.length === 0 ? '' : ` in ${label(block)}`;
  return errorAt(path, `${path.at(-1)} is missing${where}${shown}`, { at: 'block', ...ofNothing(path) });
}

const ofNothing = ([list, , key]: PolicyPath): Pick<Finding, 'code'> =>
  list === 'tiers' && key === 'group' ? { code: 'tier-without-group' } : {};

function explainValue(
  issue: z.core.$ZodIssue & { code: 'invalid_value' },
  written: unknown,
  path: PolicyPath,
): Finding {
  if (!/^Invalid (input|option)/.test(issue.message))
    return errorAt(
      path,
      withLabel(issue.message, path),
      written === 'newest_first' ? { code: 'view-newest-first' } : {},
    );
  const allowed = issue.values.map(String);
  const didYouMean = typeof written === 'string' ? nearestSpelling(written, allowed) : undefined;
  return errorAt(path, `${label(path)} cannot be ${quote(written) || 'this'}`.trimEnd(), {
    allowed,
    ...(didYouMean !== undefined && { didYouMean }),
  });
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: a line beginning with "- " for each entry',
  object: 'a block of keys',
};

function explainType(expected: string, written: unknown, path: PolicyPath): string {
  const hint = expected === 'string' && isShort(written) ? `; put it in quotes: "${written}"` : '';
  return `${label(path)} must be ${TYPES[expected] ?? expected}${hint}`;
}

/** `company`, or `entry 2 of tiers`. */
function label(path: PolicyPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `entry ${last + 1} of ${label(path.slice(0, -1))}` : last;
}

function quote(written: unknown): string {
  return isShort(written) ? `"${shorten(String(written))}" ` : '';
}

function isShort(written: unknown): written is string | number | boolean {
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean';
}
