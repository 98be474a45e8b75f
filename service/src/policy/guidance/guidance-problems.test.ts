import { findOversizedMarkdown } from './guidance-problems.ts';
import { readMarkdown } from './read-markdown.ts';

/** `- a` in this many nested lists. */
function stairs(deep: number): string {
  return Array.from({ length: deep }, (_, at) => `${'  '.repeat(at)}- a\n`).join('');
}

it.each([
  ['a long line', `# T\n\n${'word '.repeat(1_000)}`, 5, /a line of more than 4000 characters; break it/],
  [
    'many special characters in a paragraph',
    `# T\n\n${'_a '.repeat(100).concat('\n').repeat(11)}`,
    5,
    /without an empty line in between/,
  ],
  [
    'many special characters in a file',
    '_a '.repeat(500).concat('\n\n').repeat(21),
    30_040,
    /10000 characters.*divide the file in two/,
  ],
  ['lists inside one another', `x\n${'- '.repeat(20)}a`, 2, /nested too deeply/],
  ['quotes inside one another', `${'> '.repeat(20)}a`, 0, /nested too deeply/],
  ['numbered lists inside one another', `${'1. '.repeat(20)}a`, 0, /nested too deeply/],
  ['lists inside one another, line by line', stairs(40), 990, /nested too deeply/],
  ['more lines than a page has', '> a\n\n'.repeat(1_001), 5_000, /more than 2000 lines; divide the file in two/],
])('refuses %s, and does not parse it', (_, text, offset, message) => {
  const { guidance, problems } = readMarkdown(text);

  expect(problems).toMatchObject([{ severity: 'error', offset, message: expect.stringMatching(message) }]);
  expect(guidance.blocks).toEqual([]);
});

it('accepts a long page of steps', () => {
  const step = '- [ ] Ask for the **order number**, and see [the rules](https://shop.test/rules)\n';

  expect(findOversizedMarkdown(`# Refunds\n\n${`${step.repeat(60)}\n`.repeat(10)}`)).toBeUndefined();
});

it.each([
  ['steps six deep', stairs(6)],
  ['a heading that is underlined', `Refunds\n${'-'.repeat(70)}\n\nAsk.`],
  ['a line of many blanks alone', `a\n${' '.repeat(70)}\nb`],
])('accepts %s', (_, text) => {
  expect(readMarkdown(text).problems).toEqual([]);
});

it('knows the lookups of the policy, and suggests them', () => {
  const { problems } = readMarkdown('{{order_number}} {{ordr_number}}', ['order_number']);
  expect(problems).toMatchObject([{ severity: 'error', offset: 17, didYouMean: 'order_number' }]);
  expect(readMarkdown('{{order_number}}').problems).toHaveLength(1);
});
