// Which small pieces are the policy's keys made of: ids, names, durations?
import { z } from 'zod';
import { parseDuration } from '../../time/duration.ts';

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
  .min(1, 'is empty')
  .max(100, 'is longer than 100 characters')
  .regex(/^\S(.*\S)?$/su, 'has a space at its start or end');

function explainDuration(input: unknown): string {
  if (typeof input === 'number' || (typeof input === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(input))) {
    const n = String(input).trim();
    return `has no unit. Write ${n}m for minutes, ${n}h for hours, ${n}d for days or ${n}bh for business hours`;
  }
  return 'must be a number and a unit: 30m, 24h, 5d or 8bh (business hours)';
}

/** `30m`, `24h`, `5d`, `8bh`; from 0 up to 366 days. */
export const duration = z
  .string({ error: (issue) => (issue.input === undefined ? undefined : explainDuration(issue.input)) })
  .regex(/^\d+(\.\d+)?(m|h|d|bh)$/, { error: (issue) => explainDuration(issue.input) })
  .refine(isAtMostAYear, 'is longer than a year');

/** A duration that is not zero. */
export const positiveDuration = duration.refine((text) => !/^0+(\.0+)?[a-z]+$/.test(text), 'must be longer than 0');

function isAtMostAYear(text: string): boolean {
  const { amount, unit } = parseDuration(text);
  const perYear = { m: 366 * 24 * 60, h: 366 * 24, d: 366, bh: 366 * 24 };
  return amount <= perYear[unit];
}

function explainPercent(input: unknown): string {
  if (typeof input === 'number') return `has no percent sign. Write ${input}%`;
  return 'must be a percentage from 0% to 100%';
}

/** `100%`, `12.5%`. */
export const percent = z
  .string({ error: (issue) => (issue.input === undefined ? undefined : explainPercent(issue.input)) })
  .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/, { error: (issue) => explainPercent(issue.input) });
