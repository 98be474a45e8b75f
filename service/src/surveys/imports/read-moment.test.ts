// Checks the dates of exports: formats, zones, and the order of day and month.
import { findDateOrder, readMoment } from './read-moment.ts';

const read = (text: string, order: 'day-first' | 'month-first' = 'month-first', zone = 'utc') =>
  readMoment(text, order, zone)?.toISOString() ?? null;

test.each([
  ['2024-10-05 02:41:38', '2024-10-05T02:41:38.000Z'],
  ['2024-10-05T02:41:38.123Z', '2024-10-05T02:41:38.000Z'],
  ['2024-10-05T02:41:38+02:00', '2024-10-05T00:41:38.000Z'],
  ['2024-10-05 02:41 -0500', '2024-10-05T07:41:00.000Z'],
  ['2024-10-05', '2024-10-05T00:00:00.000Z'],
  ['10/5/2024 2:41', '2024-10-05T02:41:00.000Z'],
  ['10/5/24 2:41 PM', '2024-10-05T14:41:00.000Z'],
  ['10/5/2024, 12:05 a.m.', '2024-10-05T00:05:00.000Z'],
  ['05.10.2024 02:41', '2024-10-05T02:41:00.000Z'],
  ['Oct 5, 2024 2:41 PM', '2024-10-05T14:41:00.000Z'],
  ['5 October 2024', '2024-10-05T00:00:00.000Z'],
  ['13/10/2024', null],
  ['2024-02-30', null],
  ['2024-10-05 25:00', null],
  ['10/5/2024 13:00 PM', null],
  ['yesterday', null],
  ['1728096098', '2024-10-05T02:41:38.000Z'],
  ['1728096098123', '2024-10-05T02:41:38.123Z'],
  ['17280', null],
  ['10-May-2024 14:41', '2024-05-10T14:41:00.000Z'],
  ['Fri, May 10, 2024 2:41 PM', '2024-05-10T14:41:00.000Z'],
  ['Friday, 10 May 2024 14:41', '2024-05-10T14:41:00.000Z'],
  ['May 10th, 2024', '2024-05-10T00:00:00.000Z'],
  ['May 10, 2024, 2:41\u202fPM', '2024-05-10T14:41:00.000Z'],
  ['5/10/2024 2:41:03 PM EST', '2024-05-10T19:41:03.000Z'],
  ['5/10/2024 2:41 PM PDT', '2024-05-10T21:41:00.000Z'],
  ['2024-05-10 14:41:00 +0000 UTC', '2024-05-10T14:41:00.000Z'],
  ['2024-05-10 14:41:00 +0200 CEST', '2024-05-10T12:41:00.000Z'],
  ['10.05.2024, 14:41 Uhr', '2024-05-10T14:41:00.000Z'],
  ['5/10/2024 14.41', '2024-05-10T14:41:00.000Z'],
  ['5/10/2024 2:41 PM XYZ', null],
  ['10-Foo-2024', null],
])('reads %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('a time without a zone is of the zone that is named', () => {
  expect(read('2024-07-05 10:00', 'day-first', 'Europe/Madrid')).toBe('2024-07-05T08:00:00.000Z');
  expect(read('2024-07-05 10:00 UTC', 'day-first', 'Europe/Madrid')).toBe('2024-07-05T10:00:00.000Z');
});

test.each([
  [['Fri 05/10/2024', 'Sat 06/10/2024'], 'month-first'],
  [['Fri 05/10/2024', 'Mon 06/10/2024'], 'month-first'],
  [['Fri, 10/05/2024 14:41'], 'day-first'],
  [['Thursday 5/9/2024', 'Friday, 5/10/2024'], 'month-first'],
  [['Tues. 5/11/2024'], 'day-first'],
  [['Wed 05/10/2024'], 'unknown'],
  [['Thu 1/2/2024', 'Thu 2/1/2024'], 'both'],
  [['Fri 05/10/24'], 'month-first'],
  [['Sun 13/10/2024'], 'day-first'],
  [['5/10/2024\u00a014:41'], 'unknown'],
  [['5/10/2024\u202f14:41', '5/13/2024\u202f14:41'], 'month-first'],
  [['Fri\u00a005/10/2024'], 'month-first'],
  [[' 5/10/2024'], 'unknown'],
  [['5/10/2024\t14:41'], 'unknown'],
  [['Sat 05.10.2024', 'Sat, Oct 5, 2024'], 'neither'],
] as const)('the order of %j is %s', (texts, expected) => expect(findDateOrder(texts)).toBe(expected));

test('one date that fits one order decides for the whole file', () => {
  expect(findDateOrder(['1/2/2024', '13/2/2024'])).toBe('day-first');
  expect(findDateOrder(['1/2/2024', '2/13/2024 10:00'])).toBe('month-first');
  expect(findDateOrder(['1/2/2024', '3/4/2024'])).toBe('unknown');
  expect(findDateOrder(['13/2/2024', '2/13/2024'])).toBe('both');
  expect(findDateOrder(['2024-01-02', '01.02.2024', '3/3/2024'])).toBe('neither');
});
