import fc from 'fast-check';
import { countGraphemes, cutGraphemes, LONGEST_GRAPHEME } from './graphemes.ts';
import { segmentsOf } from './segments.ts';

const WHOLE = new Intl.Segmenter('und', { granularity: 'grapheme' });

const graphemes = (text: string, segmenter: Pick<Intl.Segmenter, 'segment'> = WHOLE) =>
  segmentsOf(text, segmenter, LONGEST_GRAPHEME);

/** The real one, adding up how much text it was given. */
function countingSegmenter() {
  const counting = {
    units: 0,
    segment(text: string) {
      counting.units += text.length;
      return WHOLE.segment(text);
    },
  };
  return counting;
}

const LETTERS = [
  'a',
  'é',
  'e\u0301',
  '🇩🇪',
  '👍🏽',
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'क्‍ष',
  'नि',
  'می‌خواهم',
  'กำ',
  '각',
  '\r\n',
  '\u200d',
  '\u0301',
];

test('are the same as when the whole text is segmented at once', () => {
  const texts = fc.array(fc.constantFrom(...LETTERS), { maxLength: 120 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre([...WHOLE.segment(text)].every(({ segment }) => segment.length < 60));
      expect([...graphemes(text)]).toEqual([...WHOLE.segment(text)].map(({ segment }) => segment));
      expect(countGraphemes(text)).toBe([...WHOLE.segment(text)].length);
    }),
  );
});

test.each(['a', 'e\u0301', '🇩🇪', '👨‍👩‍👧‍👦', '\u0301', '\u200d', 'ก', '\ud83d'])(
  'the work is linear in the length of the text: %j',
  (unit) => {
    const text = unit.repeat(63_000 / unit.length);
    const segmenter = countingSegmenter();
    let length = 0;
    for (const character of graphemes(text, segmenter)) length += character.length;
    expect(length).toBe(text.length);
    expect(segmenter.units).toBeLessThan(3 * text.length);
  },
);

test('cutting reads no further than necessary', () => {
  const segmenter = countingSegmenter();
  const reading = graphemes('ก'.repeat(63_000), segmenter);
  for (let i = 0; i < 81; i++) reading.next();
  expect(segmenter.units).toBeLessThan(300);
});

test.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['one more than', 12, 'one more th…'],
  ['👍🏽'.repeat(10), 5, `${'👍🏽'.repeat(4)}…`],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
  ['a b c', 3, 'a…'],
] as const)('cuts %j to %d characters: %j', (text, max, cut) => {
  expect(cutGraphemes(text, max)).toBe(cut);
});

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

test('sentences are the same as of the whole text at once, within a bounded window', () => {
  const words = fc.constantFrom(
    'We know. ',
    'Do you? ',
    'e.g. this ',
    'One\n',
    '«Sí.» ',
    '质量好。',
    '... ',
    'v1.2 ',
    'a ',
  );
  const texts = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const whole = [...SENTENCES.segment(text)].map(({ segment }) => segment);
      fc.pre(whole.every((sentence) => sentence.length < 100));
      expect([...segmentsOf(text, SENTENCES, 200)]).toEqual(whole);
    }),
  );
});
