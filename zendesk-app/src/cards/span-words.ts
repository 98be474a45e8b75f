// How does one say business time?
import type { Translate } from '../i18n/load-words.ts';
import type { Words } from '../i18n/words-context.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `11 business hours`, cut and not rounded; below an hour in minutes. @param ms milliseconds, not negative */
export function spanWords(t: Translate, ms: number): string {
  if (ms >= HOUR) return t('span.business_hours', { count: Math.floor(ms / HOUR) });
  return t('span.business_minutes', { count: Math.floor(ms / MINUTE) });
}

/** A duration as the policy writes it: `30m`, `4h`, `2d`, `8bh`. One that is written otherwise is shown as it is. */
export function policyDurationWords({ t, format }: Pick<Words, 't' | 'format'>, written: string): string {
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
      return t('span.business_hours', { count });
    default:
      return written;
  }
}
