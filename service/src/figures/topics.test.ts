import { addDays } from '@deskwright/shared';
import { beforeAndAfter, type DayCount, rankByCount } from './topics.ts';

test('the most frequent come first, with share, running share and trend', () => {
  // 50 + 30 + 15 + 5 = 100. Refunds 50 after 40: a quarter more. Bugs 30 after 60: half as many.
  const ranked = rankByCount(
    [
      { id: 'bug', n: 30 },
      { id: 'refunds', n: 50 },
      { id: 'other', n: 5 },
      { id: 'order', n: 15 },
      { id: 'none', n: 0 },
    ],
    [
      { id: 'refunds', n: 40 },
      { id: 'bug', n: 60 },
      { id: 'order', n: 15 },
    ],
  );
  expect(ranked).toEqual([
    { id: 'refunds', n: 50, share: 0.5, cumulative: 0.5, trend: 0.25 },
    { id: 'bug', n: 30, share: 0.3, cumulative: 0.8, trend: -0.5 },
    { id: 'order', n: 15, share: 0.15, cumulative: 0.95, trend: 0 },
    { id: 'other', n: 5, share: 0.05, cumulative: 1, trend: null },
  ]);
});

test('equal counts are ordered by id, and without a period before there is no trend', () => {
  const ranked = rankByCount(
    [
      { id: 'b', n: 1 },
      { id: 'a', n: 1 },
    ],
    null,
  );
  expect(ranked.map(({ id, trend }) => [id, trend])).toEqual([
    ['a', null],
    ['b', null],
  ]);
  expect(rankByCount([], null)).toEqual([]);
});

/** 2026-11-20 is a Friday. */
const LAUNCH = '2026-11-20';

/** Ten a day on weekdays, two at weekends; `more` a day after the launch. */
function payments(more: number): DayCount[] {
  return Array.from({ length: 60 }, (_, n) => {
    const day = addDays('2026-10-20', n);
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    return { day, category: 'payment', n: (isWeekend ? 2 : 10) + (day > LAUNCH ? more : 0) };
  });
}

const span = (today: string, knownSince = '2026-10-20') => ({ day: LAUNCH, today, knownSince });

test('compares whole weeks, the largest change first', () => {
  const counts = [...payments(20), { day: '2026-11-24', category: 'bug', n: 14 }];
  expect(beforeAndAfter(counts, span('2026-12-05'))).toEqual({
    state: 'known',
    days: 14,
    effect: [
      { category: 'payment', before: 108 / 14, after: 108 / 14 + 20 },
      { category: 'bug', before: 0, after: 1 },
    ].map((each) => ({ ...each, before: expect.closeTo(each.before), after: expect.closeTo(each.after) })),
  });
});

test.each(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-12-20'])(
  'takes no weekend for an effect, as of %s',
  (today) => {
    const seen = beforeAndAfter(payments(0), span(today));
    expect(seen).toMatchObject({ state: 'known' });
    const { effect } = seen as Extract<typeof seen, { state: 'known' }>;
    expect(effect[0]?.after).toBeCloseTo(effect[0]?.before ?? 0);
  },
);

test('leaves out the day of the launch and the running day', () => {
  const counts = [LAUNCH, '2026-11-24'].map((day) => ({ day, category: 'bug', n: 100 }));
  expect(beforeAndAfter(counts, span('2026-11-24'))).toMatchObject({ days: 3, effect: [] });
});

test('says from when on it can be said', () => {
  expect(beforeAndAfter(payments(5), span('2026-11-23'))).toEqual({ state: 'too_early', knownFrom: '2026-11-24' });
  expect(beforeAndAfter(payments(5), span('2026-11-24'))).toMatchObject({ state: 'known', days: 3 });
});

test('says nothing of a launch in the future or before the history', () => {
  expect(beforeAndAfter([], span('2026-11-01'))).toMatchObject({ state: 'too_early' });
  expect(beforeAndAfter(payments(5), span('2026-12-20', '2026-11-16'))).toEqual({ state: 'no_before' });
});

test('compares no more weeks than are known before', () => {
  expect(beforeAndAfter(payments(5), span('2026-12-20', '2026-11-12'))).toMatchObject({ days: 7 });
});
