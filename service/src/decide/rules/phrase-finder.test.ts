import { buildPhraseFinder } from './phrase-index.ts';

const finds = (phrases: string[], text: string) => buildPhraseFinder(phrases)(text);

test.each([
  ['a phrase, whatever its case and gaps', ['get back to you'], 'We will GET back\n to  you soon', true],
  ['one of several', ['let you know', 'follow up'], 'I follow up tomorrow', true],
  ['a second try of the same first word', ['let you know'], 'Let me let you know', true],
  ['not parts of words', ['let you know'], 'outlet you know', false],
  ['not with a word between', ['let you know'], 'let you all know', false],
  ['not in another order', ['follow up'], 'up follow', false],
  ['any ending, where the policy says so', ['promis*'], 'We promised', true],
  ['nothing without phrases', [], 'anything', false],
  ['nothing for a phrase without a word', ['...'], 'anything ...', false],
])('finds %s', (_, phrases, text, expected) => {
  expect(finds(phrases, text)).toBe(expected);
});

describe('at the largest text', () => {
  const MOST = 65_536;

  // Each took from seconds to minutes when a step was quadratic in the text; none takes half a second.
  test.each([
    ['marks out of order on one letter', ['refund'], `a${'\u0323\u0301'.repeat(MOST / 2)}`],
    ['one word joined of thousands', ['a* a* a* a* a* a* a* a* a* a* b'], 'a-'.repeat(MOST / 2)],
    ['apostrophes', ['annulation'], "l'".repeat(MOST / 2)],
    ['a phrase that is always within a word', ['京都'], '東京都'.repeat(MOST / 3)],
    ['beginnings of an inner word', [`*${'a'.repeat(60)}b*`], 'a'.repeat(MOST)],
    ['misspellings of nothing', ['aaaaabbbb~*'], 'aaaab bbbbaaa '.repeat(MOST / 14)],
  ])('%s end', (_, phrases, text) => {
    expect(finds(phrases, text)).toBe(false);
  });
});
