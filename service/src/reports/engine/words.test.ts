import { counted, listed, writeDay, writeDuration, writeMoment, writeShare, writeValue } from './words.ts';

test.each([
  [0, '0 s'],
  [45, '45 s'],
  [59.6, '60 s'],
  [90, '2 min'],
  [52 * 60, '52 min'],
  [59.6 * 60, '1 h'],
  [3 * 3_600 + 600, '3 h 10 min'],
  [47 * 3_600, '47 h'],
  [48 * 3_600, '2 d'],
  [52 * 3_600, '2 d 4 h'],
  [6 * 86_400 - 60, '6 d'],
])('writes %d seconds as %s', (seconds, expected) => {
  expect(writeDuration(seconds)).toBe(expected);
});

test.each([
  [0, '0%'],
  [0.004, '0.4%'],
  [0.075, '7.5%'],
  [0.0999, '10%'],
  [0.925, '93%'],
  [1, '100%'],
])('writes the share %d as %s', (share, expected) => {
  expect(writeShare(share)).toBe(expected);
});

test('writes each unit', () => {
  expect(writeValue(1_204, 'count')).toBe('1,204');
  expect(writeValue(4.256, 'score')).toBe('4.26');
  expect(writeValue(1, 'days')).toBe('1 day');
  expect(writeValue(6.04, 'days')).toBe('6 days');
  expect(counted(1, 'ticket')).toBe('1 ticket');
});

test('writes days and times of the time zone', () => {
  const moment = new Date('2026-11-28T03:05:00Z');
  expect(writeDay(moment, 'America/New_York')).toBe('Friday 27 November 2026');
  expect(writeMoment(moment, 'America/New_York')).toBe('Fri 27 Nov, 22:05');
  expect(writeMoment(new Date('2026-11-28T05:00:00Z'), 'America/New_York')).toBe('Sat 28 Nov, 00:00');
});

test('lists as in a sentence', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
