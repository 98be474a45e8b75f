import { addDays, calendarPeriod, localDate, readLocalTime, startOfDate } from './calendar-period.ts';

const at = (iso: string) => Date.parse(iso);
const iso = ({ from, to }: { from: number; to: number }) => [from, to].map((ms) => new Date(ms).toISOString());
const NEW_YORK = 'America/New_York';

test.each([
  ['day', 'a day', '2026-11-27T04:00:00Z', ['2026-11-26T05:00:00.000Z', '2026-11-27T05:00:00.000Z']],
  ['day', 'its first moment', '2026-11-27T05:00:00Z', ['2026-11-27T05:00:00.000Z', '2026-11-28T05:00:00.000Z']],
  ['day', 'a day of 25 hours', '2026-11-01T12:00:00Z', ['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z']],
  ['day', 'a day of 23 hours', '2026-03-08T12:00:00Z', ['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']],
  ['week', 'a week from Monday', '2026-11-29T12:00:00Z', ['2026-11-23T05:00:00.000Z', '2026-11-30T05:00:00.000Z']],
  ['month', 'a month', '2026-11-29T12:00:00Z', ['2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z']],
  ['quarter', 'a quarter', '2026-11-29T12:00:00Z', ['2026-10-01T04:00:00.000Z', '2027-01-01T05:00:00.000Z']],
] as const)('finds by %s %s', (length, _, moment, expected) => {
  expect(iso(calendarPeriod(length, at(moment), NEW_YORK))).toEqual(expected);
});

test('finds the period before, also across a change of the clocks and a year', () => {
  expect(iso(calendarPeriod('day', at('2026-11-02T12:00:00Z'), NEW_YORK, -1))).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
  expect(iso(calendarPeriod('quarter', at('2027-01-15T12:00:00Z'), NEW_YORK, -1))).toEqual([
    '2026-10-01T04:00:00.000Z',
    '2027-01-01T05:00:00.000Z',
  ]);
});

test('begins a day without midnight at its first moment', () => {
  // Santiago goes from 24:00 on Saturday to 01:00 on Sunday.
  expect(calendarPeriod('day', at('2026-09-06T12:00:00Z'), 'America/Santiago').from).toBe(at('2026-09-06T04:00:00Z'));
});

test('reads and writes dates', () => {
  expect(localDate(at('2026-11-27T04:59:59Z'), NEW_YORK)).toBe('2026-11-26');
  expect(startOfDate('2026-11-27', NEW_YORK)).toBe(at('2026-11-27T05:00:00Z'));
  expect(['2026-02-30', '27.11.2026', '2026-11', ''].map((date) => startOfDate(date, NEW_YORK))).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test.each([
  ['2026-11-20T10:00', '2026-11-20T15:00:00.000Z'],
  ['2026-11-20 10:00', '2026-11-20T15:00:00.000Z'],
  ['2026-11-20', '2026-11-20T05:00:00.000Z'],
  ['2026-07-01T10:00', '2026-07-01T14:00:00.000Z'],
  ['2026-03-08T02:30', null],
  ['2026-11-20T24:30', null],
  ['2026-11-31T10:00', null],
  ['10:00', null],
  ['yesterday', null],
])('reads the local time %s', (text, expected) => {
  const read = readLocalTime(text, NEW_YORK);
  expect(read === null ? null : new Date(read).toISOString()).toBe(expected);
});
