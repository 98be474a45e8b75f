import { findWordings } from './find-wordings.ts';

/** The sentences, with the found words in brackets. */
const marked = (text: string, ...wordings: string[]): string[] =>
  findWordings(text, wordings).map((sentence) =>
    sentence.map((piece) => (piece.found ? `[${piece.text}]` : piece.text)).join(''),
  );

test.each<[string, string, string[], string[]]>([
  ['in another case', 'I want a REFUND.', ['refund'], ['I want a [REFUND].']],
  [
    'only in its own sentence',
    'Hello. I only got refunded for the Kestrel. Bye.',
    ['refunded'],
    ['I only got [refunded] for the Kestrel.'],
  ],
  [
    'each time it is there',
    'Refund me. Really, a refund or the refund!',
    ['refund'],
    ['[Refund] me.', 'Really, a [refund] or the [refund]!'],
  ],
  ['as a whole word', 'A refundable prefund, a refund', ['refund'], ['A refundable prefund, a [refund]']],
  ['with more space between its words', 'my money \n back', ['money back'], ['my [money back]']],
  ['across a short line', 'I want my money\nback please', ['money back'], ['I want my [money back] please']],
  ['with what stands between its words', 'Money, back!', ['money, back'], ['[Money, back]!']],
  ['with a curly apostrophe', 'It doesn’t work', ["doesn't work"], ["It [doesn't work]"]],
  ['taken apart by Unicode', 'Je suis fa\u0302che\u0301', ['fâché'], ['Je suis [fâché]']],
  ['in a script without spaces', '返金してください。', ['返金'], ['[返金]してください。']],
  ['next to punctuation and emoji', '😡refund😡', ['refund'], ['😡[refund]😡']],
  ['beside another that overlaps', 'my money back now', ['money', 'money back'], ['my [money back] now']],
  ['of an expression with special characters', 'I paid $5.00 (twice)', ['$5.00 (twice'], ['I paid [$5.00 (twice])']],
  [
    'that the decision cut',
    `${'very '.repeat(30)}angry`,
    [`${'very '.repeat(24)}…`],
    [`[${'very '.repeat(24).trim()}] ${'very '.repeat(6)}angry`],
  ],
  ['nowhere', 'I want a refund', ['tent'], []],
  ['without letters', 'I want - a refund', ['-', '', '…'], []],
])('a wording is found %s', (_, text, wordings, expected) => {
  expect(marked(text, ...wordings)).toEqual(expected);
});

test('a long sentence is cut around its words, never within one', () => {
  const [first, second, ...rest] = marked(`${'so '.repeat(100)}refund ${'and '.repeat(100)}money`, 'refund', 'money');
  expect(first).toMatch(/^…(so )+\[refund\]( and)+…$/);
  expect(first?.length).toBeLessThan(260);
  expect(second).toMatch(/^…(and )+\[money\]$/);
  expect(rest).toEqual([]);
});

test('a long text without spaces is cut, and never within a character', () => {
  const [only] = marked(`${'😡'.repeat(300)}返金${'😡'.repeat(300)}`, '返金');
  expect(only).toMatch(/^…😡+\[返金\]😡+…$/u);
  expect(only?.isWellFormed()).toBe(true);
});
