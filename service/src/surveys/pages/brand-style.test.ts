import fc from 'fast-check';
import { brandStyle, contrast, readableOn } from './brand-style.ts';

test('a colour that can be read stays, and one that cannot is darkened or lightened', () => {
  expect(brandStyle('#0f6b5c')).toContain(':root{--accent:#0f6b5c;--accent-ink:#ffffff}');
  expect(brandStyle('#ffe000')).not.toContain('#ffe000;--accent-ink:#ffffff');
  expect(brandStyle(undefined)).toBe('');
});

test('whatever the colour, it is readable on the page, and what stands on it too', () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(
      fc.tuple(part, part, part),
      fc.constantFrom([255, 255, 255] as const, [0x1e, 0x24, 0x2a] as const),
      (color, card) => {
        const readable = readableOn(color, card);
        expect(contrast(readable, card)).toBeGreaterThanOrEqual(4.5);
        expect(Math.max(contrast(readable, [255, 255, 255]), contrast(readable, [0, 0, 0]))).toBeGreaterThanOrEqual(
          4.5,
        );
      },
    ),
  );
});
