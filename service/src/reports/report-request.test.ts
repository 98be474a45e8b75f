import { reportPeriods } from './report-request.ts';

const at = (iso: string): number => Date.parse(iso);
const written = ({ from, to }: { from: number; to: number }) => [from, to].map((ms) => new Date(ms).toISOString());
const NEW_YORK = 'America/New_York';
/** Saturday, eight in the morning. */
const NOW = at('2026-11-28T13:00:00Z');

test('covers the last day or week that is over', () => {
  expect(written(reportPeriods('daily', null, NOW, NEW_YORK).period)).toEqual([
    '2026-11-27T05:00:00.000Z',
    '2026-11-28T05:00:00.000Z',
  ]);
  const { period, before } = reportPeriods('weekly', null, NOW, NEW_YORK);
  expect(written(period)).toEqual(['2026-11-16T05:00:00.000Z', '2026-11-23T05:00:00.000Z']);
  expect(written(before)).toEqual(['2026-11-09T05:00:00.000Z', '2026-11-16T05:00:00.000Z']);
});

test('covers the day that is named, whatever the clocks did', () => {
  expect(written(reportPeriods('daily', at('2026-11-01T12:00:00Z'), NOW, NEW_YORK).period)).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
});

test('compares a day that is not over with as much of the day before', () => {
  const { period, before } = reportPeriods('daily', NOW, NOW, NEW_YORK);
  expect(written(period)).toEqual(['2026-11-28T05:00:00.000Z', '2026-11-28T13:00:00.000Z']);
  expect(written(before)).toEqual(['2026-11-27T05:00:00.000Z', '2026-11-27T13:00:00.000Z']);
});
