import { coveredPeriods, dueReports, type PolicyReport } from './due-reports.ts';

const NEW_YORK = 'America/New_York';
const aReport = (part: Partial<PolicyReport> = {}): PolicyReport => ({
  id: 'daily',
  every: 'day',
  at: '08:00',
  mail_to: [],
  ...part,
});
const due = (report: PolicyReport, now: string, zone = NEW_YORK) =>
  dueReports([report], new Date(now), zone).map(({ date, dueAt }) => `${date} ${dueAt.toISOString()}`);

test.each([
  ['a minute before eight it is the one of yesterday', '2026-11-28T12:59:59Z', '2026-11-27 2026-11-27T13:00:00.000Z'],
  ['at eight', '2026-11-28T13:00:00Z', '2026-11-28 2026-11-28T13:00:00.000Z'],
  ['in the evening', '2026-11-29T04:00:00Z', '2026-11-28 2026-11-28T13:00:00.000Z'],
  ['on the day after the clocks are set back', '2026-11-01T13:00:00Z', '2026-11-01 2026-11-01T13:00:00.000Z'],
  ['on the day after they are set forward', '2026-03-08T12:00:00Z', '2026-03-08 2026-03-08T12:00:00.000Z'],
])('a daily report is due %s', (_, now, expected) => {
  expect(due(aReport(), now)).toEqual([expected]);
});

test('a time that the clock skips is when it goes on', () => {
  expect(due(aReport({ at: '02:30' }), '2026-03-08T12:00:00Z')).toEqual(['2026-03-08 2026-03-08T07:00:00.000Z']);
});

test('a time that the clock shows twice is the first', () => {
  const report = aReport({ at: '01:30' });
  expect(due(report, '2026-11-01T05:30:00Z')).toEqual(['2026-11-01 2026-11-01T05:30:00.000Z']);
  expect(due(report, '2026-11-01T06:30:00Z')).toEqual(['2026-11-01 2026-11-01T05:30:00.000Z']);
});

describe('a weekly report', () => {
  const weekly = aReport({ every: 'week' });

  test('is due on Monday, or on the day that is named', () => {
    expect(due(weekly, '2026-11-23T13:30:00Z')).toEqual(['2026-11-23 2026-11-23T13:00:00.000Z']);
    expect(due(aReport({ every: 'week', on: 'fri' }), '2026-11-27T13:30:00Z')).toEqual([
      '2026-11-27 2026-11-27T13:00:00.000Z',
    ]);
  });

  test('is sent within a day, and not later', () => {
    expect(due(weekly, '2026-11-24T12:59:00Z')).toHaveLength(1);
    expect(due(weekly, '2026-11-24T13:00:00Z')).toEqual([]);
    expect(due(weekly, '2026-11-29T13:00:00Z')).toEqual([]);
  });
});

test.each([
  ['month', '2026-11-01T12:59:00Z', []],
  ['month', '2026-11-01T13:00:00Z', ['2026-11-01 2026-11-01T13:00:00.000Z']],
  ['month', '2026-11-02T13:00:00Z', []],
  ['quarter', '2026-10-01T12:00:00Z', ['2026-10-01 2026-10-01T12:00:00.000Z']],
  ['quarter', '2026-11-01T13:00:00Z', []],
] as const)('a report of the %s at %s is due on its first day', (every, now, expected) => {
  expect(due(aReport({ every, survey: 'nps' }), now)).toEqual(expected);
});

test('after a week of standstill only the last one is due', () => {
  expect(due(aReport(), '2026-11-28T20:00:00Z')).toHaveLength(1);
});

test.each([
  ['day', '2026-11-02', ['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z', '2026-10-31T04:00:00.000Z']],
  ['week', '2026-11-23', ['2026-11-16T05:00:00.000Z', '2026-11-23T05:00:00.000Z', '2026-11-09T05:00:00.000Z']],
  ['month', '2026-11-01', ['2026-10-01T04:00:00.000Z', '2026-11-01T04:00:00.000Z', '2026-09-01T04:00:00.000Z']],
  ['quarter', '2026-10-01', ['2026-07-01T04:00:00.000Z', '2026-10-01T04:00:00.000Z', '2026-04-01T04:00:00.000Z']],
] as const)('a report of the %s covers the one before it is sent', (every, date, expected) => {
  const { period, before } = coveredPeriods(every, date, NEW_YORK);
  expect([period.from, period.to, before.from].map((ms) => new Date(ms).toISOString())).toEqual(expected);
  expect(before.to).toBe(period.from);
});
