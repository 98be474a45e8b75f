// Declares the small pieces of the schema: ids, names, durations.
import { z } from 'zod';
import {
  checkDuration,
  checkPercent,
  checkPositiveDuration,
  DURATION_PATTERN,
  PERCENT_PATTERN,
} from '../check/check-amount.ts';
import { errorAt, type Finding } from '../finding.ts';
import { fromCheck } from './from-check.ts';

/** Tiers and categories: they become tags, so only characters that are safe in a Zendesk tag. */
export const id = z
  .string()
  .max(40, 'is longer than 40 characters')
  .regex(/^[a-z][a-z0-9_]*$/, 'may hold only small letters, digits and _, and must start with a letter')
  .meta({ title: 'id' });

/** Triggers: never a tag, so a hyphen is allowed. */
export const triggerId = z
  .string()
  .max(80, 'is longer than 80 characters')
  .regex(/^[a-z][a-z0-9_-]*$/, 'may hold only small letters, digits, _ and -, and must start with a letter')
  .meta({ title: 'id' });

/** Something people read. */
export const name = line(100);

/** A line of text with at most this many characters. */
export function line(most: number, why = '') {
  return z
    .string()
    .max(most, `is longer than ${most} characters${why}`)
    .check(fromCheck(checkName))
    .meta({ title: 'text' });
}

/** `30m`, `24h`, `5d`, `8bh`; from 0 up to a year. */
export const duration = textWith('duration', checkDuration, DURATION_PATTERN);

/** A duration that is not zero. */
export const positiveDuration = textWith('duration', checkPositiveDuration, DURATION_PATTERN);

/** `100%`, `12.5%`. */
export const percent = textWith('percentage', checkPercent, PERCENT_PATTERN);

/** Text whose check also explains a number without a unit; editors use the pattern. */
function textWith(title: string, check: Parameters<typeof fromCheck>[0], pattern: RegExp) {
  return z.custom<string>().check(fromCheck(check)).meta({ title, type: 'string', pattern: pattern.source });
}

/** Company, tier, category, group, trigger and view names. */
function checkName(value: unknown): Finding[] {
  if (typeof value !== 'string') return [];
  if (value.trim() === '') return [errorAt([], 'is empty')];
  if (/\p{Cc}/u.test(value)) return [errorAt([], 'contains a line break, tab or other invisible character; remove it')];
  if (value !== value.trim()) return [errorAt([], 'starts or ends with a space; remove it')];
  return [];
}

/** Declares the languages by which the policy writes texts and words. */
export const language = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'must be a language of two or three small letters, such as es')
  .meta({ title: 'language' });
