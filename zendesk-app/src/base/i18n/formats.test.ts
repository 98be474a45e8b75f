/** @jest-environment node */
// Tests durations, times, money and the choice of a language.
import { NOW } from '../../testing/card-builders.ts';
import { makeFormats } from './formats.ts';
import { chooseLocale } from './locales.ts';

const HOUR = 3_600_000;
const formats = (locale: string) => makeFormats(chooseLocale(locale), () => NOW);
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

it.each([
  [0, '0m'],
  [59_999, '0m'],
  [HOUR - 1, '59m'],
  [HOUR, '1h'],
  [52 * HOUR, '2d 4h'],
  [48 * HOUR + 60_000, '2d'],
])('writes %i ms as %s', (ms, written) => {
  expect(formats('en').duration(ms)).toBe(written);
});

it.each([
  ['en-GB', ['5d 5h', '5h 12m']],
  ['de', ['5 Tg. 5 Std.', '5 Std. 12 Min.']],
  ['de-AT', ['5 Tg. 5 Std.', '5 Std. 12 Min.']],
  ['es', ['5 d 5 h', '5 h 12 min']],
  ['es-419', ['5 d 5 h', '5 h 12 min']],
  ['fr', ['5 j 5 h', '5 h 12 min']],
  ['fr-CA', ['5 j 5 h', '5 h 12 min']],
])('writes all units of a duration alike for %s: %j', (locale, written) => {
  const all = [125 * HOUR, 5.2 * HOUR].map((ms) => formats(locale).duration(ms));
  expect(all.map(plain)).toEqual(written);
  // A number stays with its unit, and only units part at the end of a line.
  expect(all.map((one) => one.split(' ').length)).toEqual([2, 2]);
});

it.each([
  [30_000, 'this minute'],
  [50 * 60_000, '50 minutes ago'],
  [30 * HOUR, 'yesterday'],
  [29 * 24 * HOUR, '29 days ago'],
  [176 * 24 * HOUR, 'May 11'],
  [400 * 24 * HOUR, 'Sep 29, 2025'],
])('says %i ms ago as %s', (ms, written) => {
  expect(formats('en').ago(new Date(NOW - ms).toISOString())).toBe(written);
});

it('adds the weekday to a time that is not today, and the date a week away or more', () => {
  const inDays = (days: number) => plain(formats('en-US').clock(new Date(NOW + days * 24 * HOUR).toISOString()));
  expect(inDays(0)).toMatch(/^\d+:\d\d [AP]M$/);
  expect(inDays(5)).toMatch(/^(Sun|Mon) \d+:\d\d [AP]M$/);
  expect(inDays(7)).toMatch(/^Nov (10|11), \d+:\d\d [AP]M$/);
});

it.each([
  ['en-US', { minor: 5000, currency: 'USD' }, '$50'],
  ['en-US', { minor: 4990, currency: 'USD' }, '$49.90'],
  ['de', { minor: 123456, currency: 'EUR' }, '1.234,56 €'],
  ['fr', { minor: 500, currency: 'JPY' }, '500 JPY'],
  ['pt-BR', { minor: 123456, currency: 'BRL' }, 'R$ 1.234,56'],
  ['en-US', { minor: 1005, currency: 'IQD' }, 'IQD 1.005'],
  ['en-US', { minor: 150050, currency: 'COP' }, 'COP 1,500.50'],
  ['en-US', { minor: 5000, currency: 'AFN' }, 'AFN 50'],
  ['en-US', { minor: 12345, currency: 'CLF' }, 'CLF 1.2345'],
])('writes money for %s: %j', (locale, money, written) => {
  expect(plain(formats(locale).money(money))).toBe(written);
});

it.each([
  ['en-US', { language: 'en', texts: 'en-US', direction: 'ltr' }],
  ['es-419', { language: 'es', texts: 'es-419', direction: 'ltr' }],
  ['de_AT', { language: 'de', texts: 'de-AT', direction: 'ltr' }],
  ['ar', { language: 'en', texts: 'en', direction: 'ltr' }],
  ['he', { language: 'en', texts: 'en', direction: 'ltr' }],
  ['pt-BR', { language: 'en', texts: 'en', direction: 'ltr' }],
  ['not a locale', { language: 'en', texts: 'en', direction: 'ltr' }],
])('chooses for the locale %s: %j', (wanted, expected) => {
  expect(chooseLocale(wanted)).toMatchObject(expected);
});

describe('times', () => {
  const AT = '2026-11-03T23:30:00.000Z';
  const times = (zone: string | null) => {
    const format = makeFormats(chooseLocale('en-US'), () => NOW, zone);
    return [format.clock(AT), format.dateTime(AT), format.date('2026-01-01T02:00:00.000Z')].map(plain);
  };

  it.each([
    ['Asia/Tokyo', ['8:30 AM', 'Nov 4, 8:30 AM', 'Jan 1']],
    ['America/New_York', ['6:30 PM', 'Nov 3, 6:30 PM', 'Dec 31, 2025']],
  ])('are in the agent’s time zone, %s, days and years too', (zone, written) => {
    expect(times(zone)).toEqual(written);
  });

  it('are in the browser’s where Zendesk names none, or one that the browser does not know', () => {
    expect(times('Mars/Olympus')).toEqual(times(null));
  });

  it('compares another zone with the agent’s', () => {
    const format = makeFormats(chooseLocale('en-US'), () => NOW, 'America/New_York');
    expect(format.sameClock(AT, 'America/Toronto')).toBe(true);
    expect(format.sameClock(AT, 'Asia/Tokyo')).toBe(false);
  });
});
