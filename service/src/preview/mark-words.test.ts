import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import { aPolicy, aTicket } from '../decide/testing/builders.ts';
import { markWords } from './mark-words.ts';

const policy = compilePolicy(
  aPolicy([
    {
      id: 'refund',
      title: 'Money back',
      conditions: {
        all: [{ field: 'text', operator: 'includes_any', value: ['money back', 'money', 'refund~', '退款'] }],
      },
      actions: { category: 'refund' },
    },
    {
      id: 'other',
      title: 'Wants it now',
      conditions: { all: [{ field: 'text', operator: 'includes_any', value: ['now'] }] },
      actions: { category: 'refund' },
    },
  ]),
);
const piecesOf = (text: string) => {
  const facts = aTicket({ subject: '', description: text, comment: text });
  return markWords(facts, policy, decide(facts, policy)).description;
};

it.each([
  ['I want my Money Back now', ['Money Back']],
  ['a REFUND, please. Refund!', ['REFUND', 'Refund']],
  ['i need a refnud', ['refnud']],
  ['money\nback', ['money\nback']],
  ['请尽快退款', ['退款']],
  ['moneyback and hello', []],
  ['nothing of it', []],
])('marks in "%s" the words that decided', (text, words) => {
  expect(
    piecesOf(text)
      .filter(({ why }) => why !== null)
      .map((piece) => piece.text),
  ).toEqual(words);
});

it('loses no letter, and says what the words decided', () => {
  const text = 'İ want my money back 💸 <b>now</b>';
  const pieces = piecesOf(text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces[1]).toEqual({ text: 'money back', why: 'category: trigger "Money back"' });
});
