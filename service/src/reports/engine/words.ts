// Writes numbers, durations and dates as people read them.
import type { FigureUnit } from '@deskwright/shared';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45 s`, `52 min`, `3 h 10 min`, from two days on `2 d 4 h`. */
export function writeDuration(seconds: number): string {
  if (seconds < MINUTE) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (seconds < 2 * DAY) return joined([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
  const hours = Math.round(seconds / HOUR);
  return joined([Math.floor(hours / 24), 'd'], [hours % 24, 'h']);
}

const joined = (...parts: [number, string][]): string =>
  parts
    .filter(([n], index) => index === 0 || n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');

/** `92%`; below ten percent with a decimal. */
export function writeShare(share: number): string {
  const percent = share * 100;
  return `${percent !== 0 && Math.abs(percent) < 9.95 ? trimmed(percent, 1) : Math.round(percent)}%`;
}

/** `1,204` */
const writeCount = (n: number): string => Math.round(n).toLocaleString('en');

/** At most so many decimals: `4.25`, `4`. */
export const trimmed = (n: number, decimals: number): string => String(Number(n.toFixed(decimals)));

/** A value with its unit. */
export function writeValue(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'duration':
      return writeDuration(value);
    case 'share':
      return writeShare(value);
    case 'count':
      return writeCount(value);
    case 'score':
      return trimmed(value, 2);
    case 'days':
      return counted(Number(trimmed(value, 1)), 'day');
  }
}

/** `1 ticket`, `2 tickets`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en', { maximumFractionDigits: 1 })} ${n === 1 ? one : many}`;
}

/** `Friday 27 November 2026` */
export const writeDay = (at: number | Date, timeZone: string): string =>
  write(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** `Fri 27 Nov` */
export const writeShortDay = (at: number | Date, timeZone: string): string =>
  write(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short' });

/** `Fri 27 Nov, 14:05` */
export const writeMoment = (at: number | Date, timeZone: string): string =>
  `${writeShortDay(at, timeZone)}, ${writeTime(at, timeZone)}`;

/** `14:05` */
export const writeTime = (at: number | Date, timeZone: string): string =>
  write(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function write(at: number | Date, timeZone: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...parts }).format(at).replace(/,(?= \d)/, '');
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
