import fc from 'fast-check';
import { alignmentDistance } from '../testing/reference-words.ts';
import { allowedSlips, buildMisspellings } from './misspellings.ts';

const means = (typed: string, word: string, anyEnding = false) =>
  buildMisspellings([{ id: 7, word, anyEnding }])(typed).length > 0;

describe('misspellings', () => {
  it.each([
    ['a missing letter', 'refnd', 'refund', true],
    ['an extra letter', 'reffund', 'refund', true],
    ['a wrong letter', 'refumd', 'refund', true],
    ['two neighbours swapped', 'refudn', 'refund', true],
    ['the first two swapped', 'erfund', 'refund', true],
    ['a wrong first letter', 'border', 'order', false],
    ['two slips in a short word', 'refdn', 'refund', false],
    ['two slips from nine letters on', 'cancelatoin', 'cancellation', true],
    ['three slips', 'cnaclatoin', 'cancellation', false],
    ['any slip in four letters', 'bil', 'bill', false],
    ['another ending', 'refunding', 'refund', false],
  ])('%s: %s for %s is %s', (_, typed, word, answer) => {
    expect(means(typed, word)).toBe(answer);
  });

  it('allows any ending after a misspelt beginning, if the pattern does', () => {
    expect(means('refnding', 'refund', true)).toBe(true);
    expect(means('refnding', 'refund', false)).toBe(false);
  });

  it('ignores overlong words', () => {
    expect(means(`refund${'x'.repeat(100)}`, 'refund', true)).toBe(false);
    expect(means('x'.repeat(39), 'x'.repeat(60))).toBe(false);
  });

  it('finds among many words exactly those that the full distance table finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 12 }), letters, (words, typed) => {
        const find = buildMisspellings(words.map((word, id) => ({ id, word, anyEnding: false })));

        expect(find(typed)).toEqual(
          words.flatMap((word, id) => {
            const alike = typed[0] === word[0] || (typed[0] === word[1] && typed[1] === word[0]);
            const slips = allowedSlips(word.length);
            return slips > 0 && alike && alignmentDistance(typed, word) <= slips ? [id] : [];
          }),
        );
      }),
    );
  });
});
