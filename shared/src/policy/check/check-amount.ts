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
  const number = typeof value === 'string' ? Number(value.trim() || 'NaN') : value;
  if (typeof number === 'number' && number >= 0 && number <= 100)
    return [errorAt([], `has no percent sign: write ${percentMeant(number)}%`)];
  return [errorAt([], 'must be a percentage from 0% to 100%')];
}

/** 0.9 is meant as 90%. */
function percentMeant(number: number): number {
  return number > 0 && number < 1 ? Number((number * 100).toFixed(4)) : number;
}

/** `80%`, `150%`, of a reply target. */
export const SHARE_OF_TARGET = '^[1-9]\\d{0,3}%$';

/** A whole percentage of a target, which may be more than all of it. */
export function checkShareOfTarget(value: unknown): Finding[] {
  if (typeof value === 'string' && new RegExp(SHARE_OF_TARGET).test(value)) return [];
  const number = Number(typeof value === 'string' ? value.trim() || 'NaN' : value);
  return number > 0 && number < 10_000
    ? [errorAt([], `has no percent sign: write ${number < 10 ? Math.round(number * 100) : Math.round(number)}%`)]
    : [errorAt([], 'must be a percentage of the target, such as 80% or 150%')];
}
