// Checks a duration or a percentage and its unit.
import { parseDuration } from '../../time/duration.ts';
import { errorAt, type Finding } from '../finding.ts';
import { shorten } from './check-spelling.ts';

/** `30m`, `24h`, `5d`, `8bh`. */
export const DURATION_PATTERN = /^\d+(\.\d+)?(m|h|d|bh)$/;

/** `100%`, `12.5%`. */
export const PERCENT_PATTERN = /^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/;

const A_YEAR = { m: 366 * 24 * 60, h: 366 * 24, d: 366, bh: 366 * 24 } as const;

/** A duration from nothing to a year. */
export function checkDuration(value: unknown): Finding[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string' || !DURATION_PATTERN.test(value)) return [errorAt([], explainDuration(value))];
  const { amount, unit } = parseDuration(value);
  return amount > A_YEAR[unit] ? [errorAt([], `is longer than a year: ${value}`)] : [];
}

/** A duration that is more than nothing. */
export function checkPositiveDuration(value: unknown): Finding[] {
  const findings = checkDuration(value);
  const isZero = findings.length === 0 && typeof value === 'string' && parseDuration(value).amount === 0;
  return isZero ? [errorAt([], 'must be longer than 0')] : findings;
}

function explainDuration(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return 'must be a number and a unit: 30m, 24h, 5d or 8bh (business hours)';
  }
  const number = /^\s*(\d+(?:\.\d+)?)\s*$/.exec(String(value))?.[1];
  if (number === undefined) {
    return `must be a number and a unit, such as 30m, 24h, 5d or 8bh (business hours), not "${shorten(String(value))}"`;
  }
  return `has no unit: write ${number}m for minutes, ${number}h for hours, ${number}d for days or ${number}bh for business hours`;
}

/** A share from 0% to 100%. */
export function checkPercent(value: unknown): Finding[] {
  if (value === undefined || value === null || (typeof value === 'string' && PERCENT_PATTERN.test(value))) return [];
  if (typeof value === 'number') return [errorAt([], `has no percent sign: write ${value}%`)];
  return [errorAt([], 'must be a percentage from 0% to 100%')];
}
