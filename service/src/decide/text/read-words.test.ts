import { compilePolicy } from '../compile-policy.ts';
import { decide } from '../decide.ts';
import { aPolicy, aTicket } from '../testing/builders.ts';
import { readWords } from './read-text.ts';

const decideWith = (field: string, value: string[], text: string): string => {
  const conditions = { any: [{ field, operator: 'includes_any', value }] };
  const policy = aPolicy([{ id: 'refund', title: 'Refund', conditions, actions: { category: 'refund' } }]);
  return decide(aTicket(readWords('Hello', text, null)), compilePolicy(policy)).category.value;
};

it('ignores the words in links and addresses, unless a rule reads the full text', () => {
  const text = 'I read https://shop.test/refund-policy and wrote to refund@shop.test. Where is my parcel?';

  for (const field of ['text', 'description', 'comment']) expect(decideWith(field, ['refund'], text)).toBe('other');
  expect(decideWith('full_text', ['refund'], text)).toBe('refund');
});

it('does not match a phrase that spans a link', () => {
  expect(decideWith('text', ['money back'], 'my money https://shop.test back')).toBe('other');
});

it('finds phrases across entities and tags', () => {
  expect(decideWith('text', ['money back'], '<p>my money&nbsp;<br>back</p>')).toBe('refund');
});

it('keeps the same text if nothing is left out', () => {
  expect(readWords('Hello', 'I want my money back', null)).toEqual({
    subject: 'Hello',
    description: 'I want my money back',
    comment: 'I want my money back',
  });
});
