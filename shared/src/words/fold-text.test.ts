import fc from 'fast-check';
import { plainText } from './fold-text.ts';

/** Is removed, and has the text gone through in full. */
const INVISIBLE = '\u200B';

const plainInFull = (text: string): string => plainText(`${text}${INVISIBLE}`);

describe('plainText', () => {
  it('agrees with the full folding for every character, alone and within a word', () => {
    const different: number[] = [];
    for (let code = 0; code < 0x1_0000; code++) {
      const char = String.fromCharCode(code);
      for (const text of [char, `l${char}l`, `é${char}я`])
        if (plainText(text) !== plainInFull(text)) different.push(code);
    }

    expect(different).toEqual([]);
  });

  it('agrees with it for any text', () => {
    const unit = fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x3100 }) },
      fc.integer({ min: 0x1100, max: 0x1200 }),
      fc.integer({ min: 0, max: 0x10_ffff }),
    );
    const text = fc.array(unit, { maxLength: 8 }).map((codes) => String.fromCodePoint(...codes));

    fc.assert(
      fc.property(text, (one) => plainText(one) === plainInFull(one)),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['curly quotes', 'don’t', "don't"],
    ['a grave accent', 'don`t', "don't"],
    ['Hangul in parts', '한', '한'],
    ['an accent apart', 'café', 'café'],
    ['a soft hyphen', 're­fund', 'refund'],
    ['full width', 'Ａ', 'A'],
  ])('folds %s', (_, written, plain) => {
    expect(plainText(written)).toBe(plain);
  });
});
