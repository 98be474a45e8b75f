import { buildPhraseFinder } from './phrase-finder.ts';

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
