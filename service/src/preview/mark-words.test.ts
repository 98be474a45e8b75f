import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import { aPolicy, aTicket } from '../decide/testing/builders.ts';
import { markWords, wordsThatDecided } from './mark-words.ts';

const policy = aPolicy([
  {
    id: 'refund',
    title: 'Money back',
    conditions: { all: [{ field: 'text', operator: 'includes_any', value: ['money back', 'money', 'refund~'] }] },
    actions: { category: 'refund' },
  },
]);
const marked = (text: string) => {
  const facts = aTicket({ subject: '', description: text, comment: text });
  return markWords(text, wordsThatDecided(decide(facts, compilePolicy(policy))))
    .filter(({ why }) => why !== null)
    .map((piece) => piece.text);
};

it.each([
  ['I want my Money Back now', ['Money Back']],
  ['a REFUND, please. Refund!', ['REFUND', 'Refund']],
  ['i need a refnud', ['refnud']],
  ['moneyback and hello', []],
  ['nothing of it', []],
])('marks in "%s" the words that decided', (text, words) => {
  expect(marked(text)).toEqual(words);
});

it('loses no letter', () => {
  const text = 'İ want my money back 💸 <b>now</b>';
  expect(
    markWords(text, new Map([['money back', 'x']]))
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
