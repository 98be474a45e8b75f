import { scanWords, smallForWords } from '@deskwright/shared';
import fc from 'fast-check';
import { buildUnitCopier } from './read-sections.ts';
import { rememberWords } from './word-memory.ts';

function lookUpAll(text: string, lookUp: ReturnType<typeof rememberWords>): unknown[] {
  const units = buildUnitCopier()(smallForWords(text));
  const found: unknown[] = [];
  scanWords(units, (start, end, hash) => found.push(lookUp(units.at, start, end, hash)));
  return found;
}

describe('rememberWords', () => {
  it('looks a word up once, in whatever case it is written', () => {
    const find = jest.fn((word: string) => [word.length]);
    const lookUp = rememberWords(find);

    expect(lookUpAll("Don't DON’T dont Dont", lookUp)).toEqual([[5], [5], [4], [4]]);
    expect(find.mock.calls).toEqual([["don't"], ['dont']]);
  });

  it('gives the same results as without a cache, over more words than it holds', () => {
    const lookUp = rememberWords((word) => [word.length, word.charCodeAt(0)]);
    const text = Array.from({ length: 9_000 }, (_, i) => `w${(i * 7919) % 100_003}`).join(' ');
    for (let round = 0; round < 6; round++) {
      const words = text
        .replaceAll('w', 'wxyzvu'[round] ?? 'w')
        .split(' ')
        .slice(0, 8_000);
      expect(lookUpAll(words.join(' '), lookUp)).toEqual(words.map((word) => [word.length, word.charCodeAt(0)]));
    }
  });

  it('keeps frequent words and drops others, over more words than it holds', () => {
    const asked = new Map<string, number>();
    const lookUp = rememberWords((word) => {
      asked.set(word, (asked.get(word) ?? 0) + 1);
      return [word.length];
    });
    lookUpAll('once', lookUp);
    for (let from = 0; from < 280_000; from += 4_000) {
      const words = Array.from({ length: 4_000 }, (_, i) => `w${from + i}`);
      lookUpAll(`refund ${words.join(' ')}`, lookUp);
    }
    lookUpAll('once', lookUp);

    expect([asked.get('refund'), asked.get('once')]).toEqual([1, 2]);
  });

  it('gives correct results for words with colliding hashes', () => {
    // The hash is 31 times the first unit plus the second, so (x, y) and (x + 1, y - 31) have the same.
    const pair = fc.constantFrom('b\u0101', 'c\u00e2');
    fc.assert(
      fc.property(fc.array(fc.array(pair, { minLength: 8, maxLength: 8 }), { maxLength: 40 }), (words) => {
        const lookUp = rememberWords((word) => Array.from(word, (char) => char.charCodeAt(0)));
        const typed = words.map((parts) => parts.join(''));

        expect(lookUpAll(typed.join(' '), lookUp)).toEqual(
          typed.map((word) => Array.from(word, (char) => char.charCodeAt(0))),
        );
      }),
    );
  });

  it('looks long words up without caching them', () => {
    const find = jest.fn(() => [1]);
    const lookUp = rememberWords(find);
    lookUpAll(`${'x'.repeat(50)} ${'x'.repeat(50)}`, lookUp);

    expect(find).toHaveBeenCalledTimes(2);
  });
});
