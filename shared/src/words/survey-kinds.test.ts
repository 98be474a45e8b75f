import { ALL_SURVEYS, classOfScore, isGoodScore, SURVEY_KINDS, scoresOf, scoreTag } from './survey-kinds.ts';

const classes = (survey: (typeof ALL_SURVEYS)[number]) =>
  scoresOf(survey).map((score) => `${score} ${classOfScore(survey, score)}`);

test('NPS goes from 0 to 10: detractors up to 6, passives 7 and 8, promoters 9 and 10', () => {
  expect(classes('nps')).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6].map((score) => `${score} detractor`),
    '7 passive',
    '8 passive',
    '9 promoter',
    '10 promoter',
  ]);
});

test('CES 2.0 counts every degree of agreement, and CSAT its top two boxes', () => {
  expect(scoresOf('ces').filter((score) => isGoodScore('ces', score))).toEqual([5, 6, 7]);
  expect(scoresOf('csat').filter((score) => isGoodScore('csat', score))).toEqual([4, 5]);
  expect(classes('ces')[3]).toBe('4 neutral');
});

test.each(ALL_SURVEYS)(
  'the classes of %s begin with its lowest score and rise; the best class is the good one',
  (kind) => {
    const { classes: ranges, lowest, goodFrom } = SURVEY_KINDS[kind];
    expect(ranges[0].from).toBe(lowest);
    expect(ranges.map(({ from }) => from)).toEqual(ranges.map(({ from }) => from).toSorted((a, b) => a - b));
    expect(ranges.at(-1)?.from).toBe(goodFrom);
  },
);

test('a score outside the scale has no class, and every kind has tags of its own', () => {
  expect(() => classOfScore('nps', 11)).toThrow('not a score of nps: 11');
  expect(() => classOfScore('csat', 0)).toThrow(RangeError);
  expect(new Set(ALL_SURVEYS.flatMap((kind) => scoresOf(kind).map((score) => scoreTag(kind, score)))).size).toBe(28);
});
