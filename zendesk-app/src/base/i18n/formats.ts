// Formats numbers, money, times and durations in the agent's language.
import type { Instant, Money, NameByLanguage } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { AgentLocale, Language } from './locales.ts';
import { parseAmount } from './parse-amount.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** From here on a date says more than "176 days ago". */
const DATE_AFTER = 30 * DAY;

export interface Formats {
  number(value: number): string;
  /** Whole amounts are written without decimals. */
  money(money: Money): string;
  /** Reads what the agent typed: minor units, or null (`parseAmount`). */
  parseAmount(written: string, currency: string): number | null;
  /** The two largest units, rounded down: `2d 4h`. Less than a minute is `0m`. @param ms milliseconds, not negative */
  duration(ms: number): string;
  /** One unit: `4 hours`. */
  unit(value: number, unit: 'minute' | 'hour' | 'day'): string;
  /** `May 3`; with the year if it is not the current one. */
  date(at: Instant): string;
  /** Date and time of day. */
  dateTime(at: Instant): string;
  /** Time of day; with the weekday if it is not today, with the date if it is a week away or more. */
  clock(at: Instant): string;
  /** Whether that zone has the agent's local time at that moment. @param timeZone IANA name; false for one that the browser does not know */
  sameClock(at: Instant, timeZone: string): boolean;
  /** `3 days ago`; the date after 30 days. */
  ago(at: Instant): string;
  /** The same in a line with more in it: `15h ago`. */
  agoBriefly(at: Instant): string;
  /** In the agent's language, otherwise in English. */
  named(name: NameByLanguage): string;
  /** `Lena or Omar`. */
  either(names: readonly string[]): string;
  /** `Lena and Omar`. */
  all(names: readonly string[]): string;
}

/**
 * @param now epoch milliseconds
 * @param agentZone IANA name of the agent's time zone in Zendesk; null, or unknown to the browser: the browser's own
 */
export function makeFormats(locale: AgentLocale, now: () => number, agentZone: string | null = null): Formats {
  const timeZone =
    agentZone !== null && clockIn(agentZone, new Date(now()).toISOString()) !== null ? agentZone : undefined;
  const numbers = new Intl.NumberFormat(locale.numbers);
  const long = new Intl.RelativeTimeFormat(locale.texts, { numeric: 'auto' });
  // Narrow is `15h ago` in English, and `-15 h` in French.
  const brief = new Intl.RelativeTimeFormat(locale.texts, {
    numeric: 'auto',
    style: locale.language === 'en' ? 'narrow' : 'short',
  });
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(locale.texts, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  const dated = (options: Intl.DateTimeFormatOptions, at: Instant): string =>
    new Intl.DateTimeFormat(locale.texts, { ...options, timeZone }).format(new Date(at));
  /** Year, month and day in the agent's time zone. */
  const days = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const isToday = (at: Instant): boolean => days.format(new Date(at)) === days.format(now());
  const yearOf = (at: Instant): Intl.DateTimeFormatOptions =>
    days.format(new Date(at)).slice(0, 4) === days.format(now()).slice(0, 4) ? {} : { year: 'numeric' };

  const dayOf = (at: Instant): Intl.DateTimeFormatOptions => {
    if (isToday(at)) return {};
    return Math.abs(Date.parse(at) - now()) < WEEK - DAY ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  };

  const date = (at: Instant): string => dated({ day: 'numeric', month: 'short', ...yearOf(at) }, at);

  const ago = (relative: Intl.RelativeTimeFormat, at: Instant): string => {
    const past = Math.max(0, now() - Date.parse(at));
    if (past >= DATE_AFTER) return date(at);
    if (past >= DAY) return relative.format(-Math.floor(past / DAY), 'day');
    if (past >= HOUR) return relative.format(-Math.floor(past / HOUR), 'hour');
    return relative.format(-Math.floor(past / MINUTE), 'minute');
  };

  return {
    number: (value) => numbers.format(value),
    named: (name) => name[locale.language] ?? name.en,
    parseAmount: (written, currency) => parseAmount(written, locale.numbers, currency),
    money: (money) => formatMoney(locale.numbers, money),
    duration: (ms) =>
      largestUnits(ms)
        .map(([value, name]) => shortUnit(locale.language, value, name))
        .join(' '),
    unit,
    date,
    dateTime: (at) => dated({ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...yearOf(at) }, at),
    clock: (at) => dated({ ...dayOf(at), hour: 'numeric', minute: '2-digit' }, at),
    sameClock: (at, other) => clockIn(other, at) === clockIn(timeZone, at),
    ago: (at) => ago(long, at),
    agoBriefly: (at) => ago(brief, at),
    either: (names) => new Intl.ListFormat(locale.texts, { type: 'disjunction' }).format(names),
    all: (names) => new Intl.ListFormat(locale.texts, { type: 'conjunction' }).format(names),
  };
}

/**
 * Narrow in English (`5d 5h`), short in the other languages (`5 Tg. 5 Std.`): the narrow units of the others are inconsistent
 * (German has `5 T` beside `5h`), and English writes `5 days` in short form. By language, without the region: in Latin American
 * Spanish days would be `5 dd.`.
 */
function shortUnit(language: Language, value: number, unit: string): string {
  const unitDisplay = language === 'en' ? 'narrow' : 'short';
  const written = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(value);
  return written.replaceAll(/\s/g, '\u00a0'); // Keeps the number and its unit on one line.
}

/** Null: the browser does not know this zone. @param timeZone undefined: the browser's own */
function clockIn(timeZone: string | undefined, at: Instant): string | null {
  try {
    return new Date(at).toLocaleString('en', timeZone === undefined ? {} : { timeZone });
  } catch {
    return null;
  }
}

function largestUnits(ms: number): (readonly [number, string])[] {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const units = [
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
  ] as const;
  const first = units.findIndex(([value]) => value > 0);
  if (first === -1) return [[0, 'minute']];
  return units.slice(first, first + 2).filter(([value], at) => at === 0 || value > 0);
}
