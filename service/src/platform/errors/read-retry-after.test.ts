import { readRetryAfter } from './external-error.ts';

test.each([
  ['7', 7_000],
  ['0', 0],
  ['7.2', 7_200],
  [' ', null],
  ['-1', null],
  ['Wed, 21 Oct 2026 07:28:00 GMT', null],
  [undefined, null],
  [null, null],
])('Retry-After %p asks to wait %p ms', (header, ms) => {
  expect(readRetryAfter(header)).toBe(ms);
});
