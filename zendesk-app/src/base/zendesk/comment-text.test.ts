import { findBlanks } from './comment-text.ts';

it.each([
  ['Hi [name], on [day]. [name]', ['[name]', '[day]']],
  ['[1] [] [ ] [shop](https://shop.test)', []],
  [`[${'1'.repeat(59)}a] [${'1'.repeat(60)}a]`, [`[${'1'.repeat(59)}a]`]],
  ['[over two\nlines] [[inner]]', ['[inner]']],
])('finds the blanks in %j', (text, blanks) => {
  expect(findBlanks(text)).toEqual(blanks);
});

it('ends for as many open brackets as a comment may have', () => {
  expect(findBlanks('['.repeat(65_536))).toEqual([]);
});
