// Writes business time and the policy's durations in words.
import type { Texts } from './texts-context.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `11 business hours`, rounded down; below an hour in minutes. @param ms milliseconds, not negative */
export function describeBusinessTime(t: Texts['t'], ms: number): string {
  if (ms >= HOUR) return t('duration.business_hours', { count: Math.floor(ms / HOUR) });
  return t('duration.business_minutes', { count: Math.floor(ms / MINUTE) });
}

/** A duration as the policy writes it: `30m`, `4h`, `2d`, `8bh`. An unknown form is shown unchanged. */
export function describeDuration({ t, format }: Texts, written: string): string {
  const [, amount, unit] = /^(\d+)(m|h|d|bh)$/.exec(written) ?? [];
  const count = Number(amount);
  switch (unit) {
    case 'm':
      return format.unit(count, 'minute');
    case 'h':
      return format.unit(count, 'hour');
    case 'd':
      return format.unit(count, 'day');
    case 'bh':
      return t('duration.business_hours', { count });
    default:
      return written;
  }
}
