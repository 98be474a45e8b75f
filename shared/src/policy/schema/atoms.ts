// Which small pieces are the policy's keys made of: ids, names, durations?
import { z } from 'zod';
import {
  checkDuration,
  checkPercent,
  checkPositiveDuration,
  DURATION_PATTERN,
  PERCENT_PATTERN,
} from '../check/check-amount.ts';
import { fromCheck } from './from-check.ts';

/** Tiers and categories: they become tags, so only what a Zendesk tag may hold without surprises. */
export const id = z
  .string()
  .max(40, 'is longer than 40 characters')
  .regex(/^[a-z][a-z0-9_]*$/, 'may hold only small letters, digits and _, and starts with a letter');

/** Triggers: never a tag, so a hyphen is welcome. */
export const triggerId = z
  .string()
  .max(80, 'is longer than 80 characters')
  .regex(/^[a-z][a-z0-9_-]*$/, 'may hold only small letters, digits, _ and -, and starts with a letter');

/** Something people read. */
export const name = z
  .string()
  .max(100, 'is longer than 100 characters')
  .regex(/^\P{Cc}*$/u, 'has a character that cannot be seen, such as a line break')
  .regex(/^\S(.*\S)?$/su, 'is empty or has a space at its start or end');

/** `30m`, `24h`, `5d`, `8bh`; from 0 up to a year. */
export const duration = textWith(checkDuration, DURATION_PATTERN);

/** A duration that is not zero. */
export const positiveDuration = textWith(checkPositiveDuration, DURATION_PATTERN);

/** `100%`, `12.5%`. */
export const percent = textWith(checkPercent, PERCENT_PATTERN);

/** A text whose own check also explains what a number without a unit lacks; editors see the pattern. */
function textWith(check: Parameters<typeof fromCheck>[0], pattern: RegExp) {
  return z.custom<string>().check(fromCheck(check)).meta({ type: 'string', pattern: pattern.source });
}
