// Checks figures against sums worked by hand.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aMeasure, insertMeasures } from '../testing/history-fixture.ts';
import { readFigures } from './read-figures.ts';
import { readFlow, readSeries } from './read-series.ts';
import { readTopics } from './read-topics.ts';

const WEEK = { from: new Date('2026-11-16T00:00:00Z'), to: new Date('2026-11-23T00:00:00Z') };
const BEFORE = { from: new Date('2026-11-09T00:00:00Z'), to: WEEK.from };
const hour = 3_600;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await insertMeasures(db, 1, [
    aMeasure('arrival', '2026-11-16T08:00:00Z'),
    aMeasure('first_reply', '2026-11-16T09:00:00Z', { seconds: hour, businessSeconds: 0, met: true }),
    aMeasure('solve', '2026-11-17T09:00:00Z'),
    aMeasure('csat', '2026-11-18T09:00:00Z', { score: 5, detail: 'csat' }),
  ]);
  await insertMeasures(db, 2, [
    aMeasure('arrival', '2026-11-16T08:30:00Z', { category: 'bug', tier: 't2', groupId: 12, channel: 'web' }),
    aMeasure('first_reply', '2026-11-16T11:30:00Z', {
      seconds: 3 * hour,
      businessSeconds: hour,
      met: false,
      tier: 't2',
      agentId: 8,
      fromZendesk: true,
    }),
    aMeasure('csat', '2026-11-18T09:00:00Z', { score: 2, detail: 'csat', agentId: 8 }),
  ]);
  await insertMeasures(db, 3, [
    // The end of a period does not belong to it.
    aMeasure('arrival', '2026-11-23T00:00:00Z'),
    aMeasure('arrival', '2026-11-10T00:00:00Z'),
    aMeasure('first_reply', '2026-11-10T08:00:00Z', { seconds: 8 * hour, businessSeconds: 8 * hour }),
  ]);
});
afterAll(() => database.drop());

test('a time has the spread of both clocks, the share within target, and its value in the period before', async () => {
  const [figure] = await readFigures(database.db, { ...WEEK, before: BEFORE }, ['first_reply_time']);
  expect(figure).toMatchObject({
    id: 'first_reply_time',
    unit: 'duration',
    value: 2 * hour,
    n: 2,
    calendar: { median: 2 * hour, mean: 2 * hour, p90: 2.8 * hour },
    business: { median: hour / 2, mean: hour / 2 },
    within: { share: 0.5, of: 2 },
    fromZendesk: 1,
    before: { value: 8 * hour, n: 1 },
  });
  expect(figure?.isApproximate).toBeUndefined();
});

test.each([
  [{ tier: 't2' }, 3 * hour, 1],
  [{ agent: 7 }, hour, 1],
  [{ group: 11, tier: 't1' }, hour, 1],
  [{ channel: 'web' }, null, 0],
  [{ categories: ['refunds', 'bug'] }, 2 * hour, 2],
  [{ categories: ['bug'] }, null, 0],
])('with the filters %j only their replies count', async (filters, value, n) => {
  const [figure] = await readFigures(database.db, { ...WEEK, ...filters }, ['first_reply_time']);
  expect(figure).toMatchObject({ value, n });
});

test('counts, shares and scores', async () => {
  const ids = ['arrivals', 'solves', 'csat', 'csat_mean', 'replies_within_target', 'waiting'] as const;
  const figures = await readFigures(database.db, WEEK, ids);
  expect(figures.map(({ id, value, n }) => ({ id, value, n }))).toEqual([
    { id: 'arrivals', value: 2, n: 2 },
    { id: 'solves', value: 1, n: 1 },
    { id: 'csat', value: 0.5, n: 2 },
    { id: 'csat_mean', value: 3.5, n: 2 },
    { id: 'replies_within_target', value: 0.5, n: 2 },
    { id: 'waiting', value: null, n: 0 },
  ]);
});

test('a share of few answers has an interval, and is marked as too few', async () => {
  const [csat, mean] = await readFigures(database.db, WEEK, ['csat', 'csat_mean']);
  expect(csat).toMatchObject({
    value: 0.5,
    tooFew: true,
    interval: [expect.closeTo(0.095, 2), expect.closeTo(0.905, 2)],
  });
  expect(mean).toMatchObject({ value: 3.5, tooFew: true });
});

test('a change is judged where there is enough to judge', async () => {
  const [earlier, later, end] = [1, 8, 15].map((day) => new Date(Date.UTC(2027, 1, day))) as [Date, Date, Date];
  const rows = Array.from({ length: 80 }, (_, n) => {
    const isLater = n % 2 === 0;
    const at = isLater ? '2027-02-10T12:00:00Z' : '2027-02-03T12:00:00Z';
    return aMeasure('next_reply', at, { seconds: (isLater ? 10 : 40) * (100 + n), met: isLater || n % 4 === 1 });
  });
  await insertMeasures(database.db, 5, rows);
  const query = { from: later, to: end, before: { from: earlier, to: later } };
  const figures = await readFigures(database.db, query, ['next_reply_time', 'replies_within_target', 'arrivals']);
  expect(figures.map(({ change }) => change)).toEqual(['better', 'better', 'same']);
});

test('a series has a point for each day, and none where nothing was counted', async () => {
  const [replies] = await readSeries(database.db, WEEK, ['first_reply_time'], 'day');
  expect(replies?.points).toHaveLength(7);
  expect(replies?.points.slice(0, 2)).toEqual([
    { at: '2026-11-16T00:00:00.000Z', value: 2 * hour, n: 2, business: hour / 2 },
    { at: '2026-11-17T00:00:00.000Z', value: null, n: 0, business: null },
  ]);
});

test('the flow of a day counts each hour', async () => {
  const day = { from: WEEK.from, to: new Date('2026-11-17T00:00:00Z') };
  const flow = await readFlow(database.db, day, 'hour');
  expect(flow).toHaveLength(24);
  expect(flow[8]).toEqual({ at: '2026-11-16T08:00:00.000Z', arrivals: 2, solves: 0 });
});

test('topics are named by the policy, the most first, with their trend', async () => {
  const categories = [{ id: 'refunds', name: 'Refunds' }] as never;
  expect(await readTopics(database.db, { ...WEEK, before: BEFORE }, { categories })).toEqual([
    { id: 'bug', name: 'bug', n: 1, share: 0.5, trend: null },
    { id: 'refunds', name: 'Refunds', n: 1, share: 0.5, trend: 0 },
  ]);
});
