import { findLookups } from './find-lookups.ts';

test.each([
  ['NW-?\\d{5}', 'Order NW-51358, nw51359.', ['NW-51358', 'nw51359']],
  ['\\bNW-?\\d{5}\\b', 'Order NW-51358, nw51359.', ['NW-51358', 'nw51359']],
  ['^NW-\\d{5}$', 'NW-51358', ['NW-51358']],
  ['NW-\\d{5}', 'NW-51358 NW-51359 nw-51358', ['NW-51358', 'NW-51359']],
  ['#\\d+#', '#1# #2#', ['#1#', '#2#']],
  ['\\d{5}', '123456789 x12345 12345y ü12345 12345', ['12345']],
  ['\\d{5}(-\\d{4})?', '12345-67890', ['12345', '67890']],
  ['A1|A12', 'A12', ['A12']],
  ['(order|no) (\\d+)', 'my order 17', ['order 17']],
  ['\\QNW.', 'my NW.', ['NW.']],
])('finds %s in %j as whole words, each once', (pattern, text, found) => {
  expect(findLookups(pattern)(text)).toEqual(found);
});

test('what is longer than an example may be is no number', () => {
  expect(findLookups('NW.*')(`NW-1 ${'and so on '.repeat(50)}`)).toEqual([]);
});

test('a pattern that begins at every character and looks through the rest ends', () => {
  expect(findLookups('a(.*z)?')('a'.repeat(20_000))).toEqual([]);
  expect(findLookups('a(.*z)?')('a '.repeat(1_000))).toEqual(['a']);
});
