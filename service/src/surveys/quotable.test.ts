import { quotable } from './compose-invitation-mail.ts';

test.each([
  ['My tent\r\n  leaks', 'My tent leaks'],
  ['  spaces  ', 'spaces'],
  ['line\u2028end', 'line end'],
  ['abc\u202Edcba', 'abc dcba'],
  ['abc\u2067dcba\u2069', 'abc dcba'],
  ['\u200Fשלום\u200E', 'שלום'],
  ['see https://evil.test', ''],
  ['www.evil.test', ''],
  ['mail me@evil.test', ''],
  ['evil.com wins', ''],
  ['evil.xyz/a wins', ''],
  ['Order 4.5 arrived', 'Order 4.5 arrived'],
  ['half \ud83d of it', 'half \uFFFD of it'],
])('%j is quoted as %j', (text, quoted) => {
  expect(quotable(text, 80)).toBe(quoted);
});

test.each([
  'می‌خواهم', // a zero width non-joiner
  'श्री क्‍ष', // a zero width joiner
  'ශ්‍රී',
  'Donau\u00ADdampfschiff', // a soft hyphen
  '👨‍👩‍👧‍👦',
  '👩🏽‍🚒',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '❤️‍🔥',
  'ไทย\u200Bภาษา',
])('%j stays as it is', (text) => {
  expect(quotable(text, 80)).toBe(text);
});

test.each(['\u200d', '\u00ad \u200b', '\ufeff', '', ' \t'])('text without visible characters is empty: %j', (text) => {
  expect(quotable(text, 80)).toBe('');
});

test('a long line is cut between characters, not within one', () => {
  expect(quotable('👍🏽'.repeat(10), 5)).toBe(`${'👍🏽'.repeat(4)}…`);
  expect(quotable('👨‍👩‍👧‍👦'.repeat(5_000), 5)).toBe(`${'👨‍👩‍👧‍👦'.repeat(4)}…`);
});

test('a link after the cut does not appear', () => {
  expect(quotable(`${'word '.repeat(300)}evil.xyz/a`, 10)).toBe('word word…');
});
