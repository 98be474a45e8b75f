// Reads the dates of other tools' exports, and finds out whether the day or the month comes first.
import { DateTime, IANAZone } from 'luxon';

export const DATE_ORDERS = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** `5/10/2024`, `05-10-24` with a time after it or not. With dots the day always stands first. */
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[,T ]\s*(.+))?$/;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*(.+))?$/;
const TIME =
  /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AP])?\.?(?:M\.?)?\s*(?:Uhr\s*)?(Z|UTC|GMT|[ECMP][SD]T|CES?T|[+-]\d{2}:?\d{2}(?: [A-Z]{3,4})?|[+-]\d{2})?$/i;
/** `Oct 5, 2024 2:41 PM`, `5 October 2024`, `5-Oct-2024`, `Oct 5th, 2024`: English, as the tools write. */
const NAMED =
  /^(?:([A-Za-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?),?[ -](\d{4})(?:,?(?: at)? (.+))?$/;
const WEEKDAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs?|ur)?(?:day)?[.,]* /i;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Seconds, or milliseconds, since 1970, from 2001 to 2033. */
const UNIX = /^(1\d{9})(\d{3})?$/;
/** Hours from UTC, by RFC 5322, and those of central Europe. */
const ABBREVIATED: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  CET: 1,
  CEST: 2,
};

/**
 * `both`: some dates can only be read with the day first, others only with the month first. `unknown`: all could be either.
 * `neither`: no date of the file needs the order.
 */
export function findDateOrder(texts: readonly string[]): DateOrder | 'both' | 'unknown' | 'neither' {
  const seen = texts.flatMap((text) => {
    const { date, weekday } = normalise(text);
    const [, first, separator, second] = NUMERIC.exec(date) ?? [];
    if (first === undefined || separator === '.') return [];
    return [{ first: Number(first), second: Number(second), order: orderByWeekday(date, weekday) }];
  });
  const day = seen.some(({ first, order }) => first > 12 || order === 'day-first');
  const month = seen.some(({ second, order }) => second > 12 || order === 'month-first');
  if (day && month) return 'both';
  if (day) return 'day-first';
  if (month) return 'month-first';
  return seen.some(({ first, second }) => first !== second) ? 'unknown' : 'neither';
}

/** Without its weekday, whose number is by ISO 8601, and with plain spaces. */
function normalise(text: string): { date: string; weekday: number | null } {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  const name = WEEKDAY.exec(plain)?.[1];
  return {
    date: plain.replace(WEEKDAY, ''),
    weekday: name === undefined ? null : WEEKDAYS.indexOf(name.toLowerCase()) + 1,
  };
}

/** Null: the date has no weekday, or it does not tell. */
function orderByWeekday(date: string, weekday: number | null): DateOrder | null {
  const fits = DATE_ORDERS.filter((order) => {
    const read = readDay(date, order);
    return read !== null && DateTime.utc(read.year, read.month, read.day).weekday === weekday;
  });
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

/**
 * @param zone IANA, for what names no zone
 * @returns null: it is no date, or not in this order
 */
export function readMoment(text: string, order: DateOrder, zone: string): Date | null {
  const [, unixSeconds, unixMs = '000'] = UNIX.exec(text) ?? [];
  if (unixSeconds !== undefined) return new Date(Number(unixSeconds + unixMs));
  const read = readDay(normalise(text).date, order);
  if (read === null) return null;
  const time = read.rest === undefined ? [] : (TIME.exec(read.rest) ?? null);
  if (time === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', half, named] = time;
  if (half && !(Number(hours) >= 1 && Number(hours) <= 12)) return null;
  const hour = half ? (Number(hours) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : Number(hours);
  const { year, month, day } = read;
  const moment = DateTime.fromObject(
    { year, month, day, hour, minute: Number(minutes), second: Number(seconds) },
    { zone: zoneOf(named) ?? zone },
  );
  return moment.isValid ? moment.toJSDate() : null;
}

export const isTimeZone = (zone: string): boolean => IANAZone.isValidZone(zone);

function readDay(text: string, order: DateOrder) {
  const iso = ISO.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), rest: iso[4] };
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [, first, separator, second, years, rest] = numeric;
    const isDayFirst = separator === '.' || order === 'day-first';
    const [day, month] = isDayFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
    return { year: Number(years) + (years?.length === 2 ? 2_000 : 0), month, day, rest };
  }
  const named = NAMED.exec(text);
  if (!named) return null;
  const [, before, dayAfter, dayBefore, after, year, rest] = named;
  const month = MONTHS.indexOf((before ?? after ?? '').slice(0, 3).toLowerCase()) + 1;
  return { year: Number(year), month, day: Number(dayAfter ?? dayBefore), rest };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Of a zone in the text. */
function zoneOf(named: string | undefined): string | null {
  if (named === undefined) return null;
  const hours = ABBREVIATED[named.toUpperCase()];
  if (hours !== undefined) return `UTC${hours > 0 ? '+' : ''}${hours}`;
  const offset = named.replace(/ [A-Z]+$/i, '');
  return /^[+-]/.test(offset) ? `UTC${offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}` : 'utc';
}
