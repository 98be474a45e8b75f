import { addDays } from '@deskwright/shared';
import { beforeAndAfter, type DayCount } from './before-and-after.ts';

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
