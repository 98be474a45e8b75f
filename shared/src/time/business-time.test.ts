import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addBusinessMs, addDuration } from './add-duration.ts';
import { toBusinessCalendar } from './business-calendar.ts';
import { businessMsBetween } from './open-hours.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const newYork = aCalendar('America/New_York', { 'mon-fri': '09:00-18:00', sat: '10:00-14:00' }, [
  '2026-12-25',
  '2027-01-01',
]);
const lunchBreak = aCalendar('Europe/Berlin', { 'mon-fri': '09:00-12:00, 13:00-17:00' });
const roundTheClock = aCalendar('America/New_York', { 'mon-sun': '00:00-24:00' });
const night = aCalendar('America/New_York', { 'sat-sun': '00:00-01:30, 01:30-02:30, 02:30-06:00' });

function aCalendar(time_zone: string, weekdays: Record<string, string>, holidays: string[] = []) {
  return toBusinessCalendar({ time_zone, business_hours: { weekdays, holidays } });
}

function at(local: string, zone = 'America/New_York'): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

describe('adding a duration', () => {
  test.each([
    [
      '10 business minutes on Friday at 17:55 lead to Saturday morning',
      '2026-03-20T17:55',
      `${10 / 60}bh`,
      '2026-03-21T10:05',
      newYork,
    ],
    ['8bh from Monday morning end the same day', '2026-03-23T09:00', '8bh', '2026-03-23T17:00', newYork],
    [
      'a full day ends at closing time, not at the next opening',
      '2026-03-23T09:00',
      '9bh',
      '2026-03-23T18:00',
      newYork,
    ],
    ['before opening, the clock starts at opening', '2026-03-23T03:00', '1bh', '2026-03-23T10:00', newYork],
    ['plain minutes pass on a Sunday too', '2026-03-22T12:00', '30m', '2026-03-22T12:30', newYork],
    ['1bh on Sunday ends on Monday', '2026-03-22T12:00', '1bh', '2026-03-23T10:00', newYork],
    ['a holiday does not count', '2026-12-24T17:00', '2bh', '2026-12-26T11:00', newYork],
    ['5d keep the time on the wall when the clocks change', '2026-03-06T12:00', '5d', '2026-03-11T12:00', newYork],
    ['24h do not', '2026-03-07T12:00', '24h', '2026-03-08T13:00', newYork],
    ['half a day is 12 hours', '2026-03-02T06:00', '0.5d', '2026-03-02T18:00', newYork],
    ['0bh is now', '2026-03-22T12:00', '0bh', '2026-03-22T12:00', newYork],
    ['the night of the spring change has 23 hours', '2026-03-08T00:00', '23bh', '2026-03-09T00:00', roundTheClock],
    ['the night of the autumn change has 25 hours', '2026-11-01T00:00', '25bh', '2026-11-02T00:00', roundTheClock],
    ['an interval the clocks skip has no length', '2026-03-08T00:00', '3bh', '2026-03-08T04:00', night],
  ])('%s', (_, from, duration, expected, calendar) => {
    expect(DateTime.fromMillis(addDuration(at(from), duration, calendar)).toISO()).toBe(
      DateTime.fromMillis(at(expected)).toISO(),
    );
  });

  it('goes from Friday 17:55 to Monday 09:05 when Saturday is closed', () => {
    const weekdays = aCalendar('America/New_York', { 'mon-fri': '09:00-18:00' });
    expect(addBusinessMs(at('2026-03-20T17:55'), 10 * MINUTE, weekdays)).toBe(at('2026-03-23T09:05'));
  });

  it('skips a lunch break', () => {
    const from = at('2026-03-23T11:30', 'Europe/Berlin');
    expect(addDuration(from, '1bh', lunchBreak)).toBe(at('2026-03-23T13:30', 'Europe/Berlin'));
  });

  it('throws when the business never opens', () => {
    const closed = aCalendar('UTC', {});
    expect(() => addDuration(0, '1bh', closed)).toThrow('check business_hours');
  });

  it('refuses an invalid duration', () => {
    expect(() => addDuration(0, '8 hours', newYork)).toThrow('not a duration');
  });
});

describe('business time between two moments', () => {
  test.each([
    ['a week has 49 open hours', '2026-03-16T00:00', '2026-03-23T00:00', 49 * HOUR, newYork],
    ['nothing passes at night', '2026-03-16T19:00', '2026-03-17T08:00', 0, newYork],
    ['backwards is negative', '2026-03-16T10:00', '2026-03-16T09:00', -HOUR, newYork],
    ['a holiday does not count', '2026-12-24T00:00', '2026-12-26T00:00', 9 * HOUR, newYork],
    ['times shown twice in autumn count twice', '2026-11-01T00:00', '2026-11-01T06:00', 7 * HOUR, night],
  ])('%s', (_, from, to, expected, calendar) => {
    expect(businessMsBetween(at(from), at(to), calendar)).toBe(expected);
  });
});

describe('for every moment and calendar', () => {
  // Years around several changes of the clocks, also of zones that change by half an hour or at midnight.
  const moment = fc.integer({ min: at('2024-01-01T00:00'), max: at('2028-01-01T00:00') });
  const calendar = fc.constantFrom(
    newYork,
    lunchBreak,
    roundTheClock,
    night,
    aCalendar('Australia/Lord_Howe', { 'sat-mon': '01:00-02:15, 02:15-24:00' }),
    aCalendar('America/Santiago', { 'fri-mon': '00:00-00:30, 00:30-09:00' }),
  );

  it('adding business time and measuring it agree', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 100 * HOUR }), calendar, (from, ms, cal) => {
        const to = addBusinessMs(from, ms, cal);
        expect(businessMsBetween(from, to, cal)).toBe(ms);
        // And it is the earliest such moment.
        expect(businessMsBetween(from, to - 1, cal)).toBe(ms - 1);
      }),
      { numRuns: 150 },
    );
  });

  it('parts add up, and never exceed the elapsed time', () => {
    fc.assert(
      fc.property(
        fc.tuple(moment, fc.nat(9 * 24 * HOUR), fc.nat(9 * 24 * HOUR)),
        calendar,
        ([a, first, second], cal) => {
          const [b, c] = [a + first, a + first + second];
          const whole = businessMsBetween(a, c, cal);
          expect(businessMsBetween(a, b, cal) + businessMsBetween(b, c, cal)).toBe(whole);
          expect(whole).toBeLessThanOrEqual(c - a);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('around the clock, business time equals elapsed time', () => {
    fc.assert(
      fc.property(moment, fc.nat(9 * 24 * HOUR), (a, length) => {
        expect(businessMsBetween(a, a + length, roundTheClock)).toBe(length);
      }),
      { numRuns: 100 },
    );
  });
});
