import { findExcess } from './find-excess.ts';

it.each([
  ['brackets within quotes', `x: "${'{['.repeat(500)}"`],
  ['brackets within words', `x: a${'{['.repeat(500)}`],
  ['brackets in a comment', `x: 1 # ${'{['.repeat(500)}`],
  ['brackets in a block of text', `x: |\n  ${'{['.repeat(500)}`],
  ['many that are closed', '- [{}]\n'.repeat(500)],
  ['a list with many entries', '- a: 1\n  b: 2\n'.repeat(500)],
  ['JSON on one line', `[${'{"id":"x"},'.repeat(500)}{}]`],
  ['a dash within words', `x: ${'a - '.repeat(500)}`],
])('accepts %s', (_, text) => {
  expect(findExcess(text)).toBeUndefined();
});

it('says where nesting becomes too deep', () => {
  expect(findExcess(`x: "{"\ny: ${'['.repeat(200)}`)?.offset).toBe('x: "{"\ny: '.length + 100);
});
