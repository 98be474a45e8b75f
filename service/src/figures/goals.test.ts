import type { FigureId } from '@deskwright/shared';
import { goalPeriod, judgeGoal, readGoalTarget } from './goals.ts';

const target = (figure: FigureId, written: string | number) =>
  readGoalTarget({ figure: figure as 'csat', target: written });
const spread = (median: number) => ({ median, p90: median, mean: median });

test.each([
  ['first_reply_time', '1h', { unit: 'duration', value: 3_600, is: 'at_most', clock: 'calendar' }],
  ['first_reply_time', '8bh', { unit: 'duration', value: 28_800, is: 'at_most', clock: 'business' }],
  ['oldest_wait', '2d', { unit: 'duration', value: 172_800, is: 'at_most', clock: 'calendar' }],
  ['replies_within_target', '90%', { unit: 'share', value: 0.9, is: 'at_least', clock: 'calendar' }],
  ['reopen_rate', '7.5%', { unit: 'share', value: 0.075, is: 'at_most', clock: 'calendar' }],
  ['csat_mean', 4.2, { unit: 'score', value: 4.2, is: 'at_least', clock: 'calendar' }],
  ['waiting', 50, { unit: 'count', value: 50, is: 'at_most', clock: 'calendar' }],
  ['days_to_clear', 6, { unit: 'days', value: 6, is: 'at_most', clock: 'calendar' }],
] as const)('reads the target of %s: %s', (figure, written, expected) => {
  expect(target(figure, written)).toEqual(expected);
});

test.each([
  ['on its target is on track', target('first_reply_time', '1h'), { value: 3_600, n: 9 }, 'on_track'],
  ['above it is off track', target('first_reply_time', '1h'), { value: 3_601, n: 9 }, 'off_track'],
  ['a share on its target', target('csat', '90%'), { value: 0.9, n: 99 }, 'on_track'],
  ['a share below', target('csat', '90%'), { value: 0.899, n: 99 }, 'off_track'],
  ['nothing counted', target('csat', '90%'), { value: null, n: 0 }, 'unknown'],
  ['too few to judge', target('csat', '90%'), { value: 1, n: 2, tooFew: true }, 'unknown'],
  ['business time', target('first_reply_time', '8bh'), { value: 1, n: 9, business: spread(30_000) }, 'off_track'],
  ['a backlog that grows', target('days_to_clear', 6), { value: null, n: 800, isOutOfReach: true }, 'off_track'],
  ['no business time known', target('first_reply_time', '8bh'), { value: 1, n: 9 }, 'unknown'],
] as const)('%s', (_, wanted, figure, state) => {
  expect(judgeGoal(wanted, figure).state).toBe(state);
});

test('is judged by the calendar of the time zone', () => {
  const now = new Date('2026-12-01T03:00:00Z');
  const { from, to } = goalPeriod({ every: 'month' }, now, 'America/New_York');
  expect([from, to].map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-12-01T05:00:00.000Z',
  ]);
});
