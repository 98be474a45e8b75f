import { businessMsBetween, toBusinessCalendar } from '@deskwright/shared';
import fc from 'fast-check';
import { buildBusinessClock } from './compile-policy.ts';

const calendar = toBusinessCalendar({
  time_zone: 'America/New_York',
  business_hours: { weekdays: { 'mon-fri': '09:00-18:00', sat: '20:00-24:00' }, holidays: ['2026-12-25'] },
});
const DAY = 86_400_000;

test('property: it gives the same result as the calendar, however often it is called', () => {
  const clock = buildBusinessClock(calendar);
  const moment = fc.integer({ min: Date.parse('2026-10-25T00:00:00Z'), max: Date.parse('2027-01-05T00:00:00Z') });
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 20 * DAY }), (from, length) => {
      expect(clock(from, from + length)).toBe(businessMsBetween(from, from + length, calendar));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['midnight to midnight', '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'],
  ['within a day', '2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z'],
  ['up to a midnight', '2026-11-20T15:00:00Z', '2026-11-23T00:00:00Z'],
])('from %s too', (_, from, to) => {
  const [a, b] = [Date.parse(from), Date.parse(to)];
  expect(buildBusinessClock(calendar)(a, b)).toBe(businessMsBetween(a, b, calendar));
});

test('no time has passed before the start', () => {
  expect(buildBusinessClock(calendar)(DAY, 0)).toBe(0);
});
