// Words durations of the policy and moments.
import { parseDuration } from '@deskwright/shared';

const UNITS = { m: 'minute', h: 'hour', d: 'day', bh: 'business hour' } as const;

/** `4 business hours` of `4bh`. */
export function describeWithin(text: string): string {
  const { amount, unit } = parseDuration(text);
  return `${amount} ${UNITS[unit]}${amount === 1 ? '' : 's'}`;
}

/** `3 customers wait longer than 10 hours`. `limit`: as the policy writes it. */
export const describeOldestWait = (n: number, limit: string): string =>
  `${n === 1 ? '1 customer waits' : `${n} customers wait`} longer than ${describeWithin(limit)}`;

/** `27 Nov 2026, 10:05`, on the clock of the time zone. */
export const describeMoment = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(at);
