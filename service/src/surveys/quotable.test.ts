import { quotable } from './quotable.ts';

test.each([
  ['My tent\r\n  leaks', 'My tent leaks'],
  ['  spaces  ', 'spaces'],
  ['abc\u202Edcba', 'abc dcba'],
  ['see https://evil.test', ''],
  ['www.evil.test', ''],
  ['mail me@evil.test', ''],
  ['evil.com wins', ''],
  ['Order 4.5 arrived', 'Order 4.5 arrived'],
])('%j is quoted as %j', (text, quoted) => {
  expect(quotable(text, 80)).toBe(quoted);
});

test('a long line is cut between letters, not within one', () => {
  expect(quotable('👍🏽'.repeat(10), 5)).toBe(`${'👍🏽'.repeat(4)}…`);
});
