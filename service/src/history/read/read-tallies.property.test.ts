// Checks that sums of days and bins tell the same as the measures, and that counts add up over every partition.
import { MEASURES, type MeasureId, TIMED } from '@deskwright/shared';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Measure } from '../../figures/measure.ts';
import { saveFiguresState } from '../measures/figures-state.ts';
import { sumAgain } from '../measures/sum-again.ts';
import { aMeasure, insertMeasures } from '../testing/history-fixture.ts';
import type { TallyQuery } from './figure-query.ts';
import { readTallies } from './read-tallies.ts';
import type { Tallies, Tally } from './tally.ts';

const ZONE = 'Asia/Kolkata';
const START = Date.parse('2026-11-01T00:00:00Z');
const DAY = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const moment = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minute) => new Date(START + minute * 60_000));
const measure: fc.Arbitrary<Measure> = fc
  .record({
    figure: fc.constantFrom<MeasureId>('arrival', 'solve', 'first_reply', 'csat', 'automatic_category'),
    at: moment,
    seconds: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 3_000_000 })),
    business: fc.option(fc.integer({ min: 0, max: 500_000 })),
    score: fc.integer({ min: 1, max: 5 }),
    met: fc.option(fc.boolean()),
    category: fc.constantFrom('refunds', 'bug', null),
    tier: fc.constantFrom('t1', 't2', null),
    channel: fc.constantFrom('email', 'web', null),
    groupId: fc.constantFrom(11, 12, null),
    agentId: fc.constantFrom(7, 8, null),
    detail: fc.constantFrom('rule-1', 'none', null),
    fromZendesk: fc.boolean(),
  })
  .map(({ figure, at, seconds, business, score, ...part }) => {
    const isTimed = (TIMED as readonly MeasureId[]).includes(figure);
    const made = aMeasure(figure, at.toISOString(), part);
    if (isTimed) return { ...made, seconds, businessSeconds: business };
    return figure === 'csat' ? { ...made, score } : made;
  });
const period = fc
  .tuple(moment, moment)
  .map(([a, b]) => ({ from: a < b ? a : b, to: new Date(Math.max(+a, +b) + 60_000) }));
const query = fc.record({
  period,
  before: fc.option(period),
  filters: fc.constantFrom(
    {},
    { tier: 't1' },
    { category: 'bug' },
    { channel: 'web' },
    { group: 11 },
    { tier: 't1', channel: 'email' },
    { tier: 't1', category: 'bug', group: 11 },
    { categories: ['bug', 'refunds'] },
    { agent: 7 },
  ),
  by: fc.constantFrom(null, 'day', 'week', 'hour', 'tier', 'category', 'channel', 'group', 'detail', 'agent'),
});

async function store(measures: readonly Measure[]): Promise<void> {
  await database.clear();
  const { db } = database;
  const state = {
    timeZone: ZONE,
    digest: '',
    knownSince: new Date(START).toISOString(),
    hasCombined: true,
    rebuild: null,
  };
  await saveFiguresState(db, state);
  if (measures.length > 0) await insertMeasures(db, 1, measures);
  await db.transaction((tx) => sumAgain(tx, ZONE));
}

const entries = (tallies: Tallies) =>
  [...tallies]
    .flatMap(([key, of]) => [...of].map(([id, tally]) => [`${key} ${id}`, tally] as const))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

function expectAlike(approximate: Tally, exact: Tally): void {
  const { calendar, business, histogram: _, isApproximate: __, scores, ...counts } = approximate;
  const {
    calendar: realCalendar,
    business: realBusiness,
    histogram: ___,
    isApproximate: ____,
    scores: real,
    ...same
  } = exact;
  expect(counts).toEqual(same);
  expect(withoutEnd(scores)).toEqual(withoutEnd(real));
  for (const [near, true_] of [
    [calendar, realCalendar],
    [business, realBusiness],
  ] as const) {
    expect(near === null).toBe(true_ === null);
    if (!near || !true_) continue;
    expect(near.mean).toBeCloseTo(true_.mean, 6);
    for (const at of ['median', 'p90'] as const)
      expect(Math.abs(near[at] - true_[at])).toBeLessThanOrEqual(true_[at] * 0.05 + 0.5);
  }
}

const withoutEnd = (scores: readonly number[]): number[] => {
  const kept = [...scores];
  while (kept.at(-1) === 0) kept.pop();
  return kept;
};

test('property: from sums and bins the counts are the same, and percentiles within 5 %', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(measure, { maxLength: 80 }),
      fc.array(query, { minLength: 4, maxLength: 4 }),
      async (measures, queries) => {
        await store(measures);
        for (const each of queries) {
          const asked = { ...each, measures: MEASURES } as TallyQuery;
          const exact = await readTallies(database.db, asked, { mostMeasures: Number.POSITIVE_INFINITY });
          const summed = await readTallies(database.db, asked, { mostMeasures: -1 });
          for (const [a, b] of [
            [summed.now, exact.now],
            [summed.before, exact.before],
          ] as const) {
            const [near, real] = [entries(a ?? new Map()), entries(b ?? new Map())];
            expect(near.map(([name]) => name)).toEqual(real.map(([name]) => name));
            for (const [i, [, tally]] of near.entries()) expectAlike(tally, real[i]?.[1] ?? tally);
          }
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});

test('property: counts add up over tiers, categories, channels, groups, hours, days and weeks', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(
      fc.array(measure, { maxLength: 80 }),
      period,
      fc.constantFrom(-1, 50_000),
      async (measures, each, mostMeasures) => {
        await store(measures);
        const asked = { measures: MEASURES, period: each, before: null, filters: {} };
        const read = async (by: TallyQuery['by']) => (await readTallies(db, { ...asked, by }, { mostMeasures })).now;
        const whole = await read(null);
        for (const by of ['tier', 'category', 'channel', 'group', 'agent', 'hour', 'day', 'week'] as const) {
          const parts = await read(by);
          for (const id of MEASURES) {
            const sum = [...parts.values()].reduce((total, of) => total + (of.get(id)?.n ?? 0), 0);
            expect(sum).toBe(whole.get('')?.get(id)?.n ?? 0);
          }
        }
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});

test('a period of whole days is read from their sums alone', async () => {
  await store([aMeasure('arrival', new Date(START + 3 * DAY).toISOString())]);
  await database.db.execute('DELETE FROM measures');
  const whole = { from: new Date('2026-11-01T18:30:00Z'), to: new Date('2026-11-10T18:30:00Z') };
  const asked = { measures: ['arrival'] as const, period: whole, before: null, filters: {}, by: null };
  const { now } = await readTallies(database.db, asked, { mostMeasures: 0 });
  expect(now.get('')?.get('arrival')?.n).toBe(1);
});

test('whole weeks of several filters, and of a breakdown of what is filtered, are read from their sums alone', async () => {
  const at = new Date(START + 3 * DAY).toISOString();
  const of = { tier: 't1', category: 'bug', groupId: 11 };
  await store([aMeasure('arrival', at, of), aMeasure('arrival', at, { ...of, tier: 't2' })]);
  await database.db.execute('DELETE FROM measures');
  const period = { from: new Date('2026-11-01T18:30:00Z'), to: new Date('2026-11-15T18:30:00Z') };
  const asked = { measures: ['arrival'] as const, period, before: null };
  const read = async (filters: TallyQuery['filters'], by: TallyQuery['by']) => {
    const { now } = await readTallies(database.db, { ...asked, filters, by }, { mostMeasures: 0 });
    return [...now].map(([key, tallies]) => [key, tallies.get('arrival')?.n]);
  };
  expect(await read({ tier: 't1', category: 'bug' }, null)).toEqual([['', 1]]);
  expect(await read({ category: 'bug' }, 'tier')).toEqual([
    ['t1', 1],
    ['t2', 1],
  ]);
  expect(await read({ category: 'bug', group: 11 }, 'week')).toEqual([[String(Date.parse('2026-11-01T18:30:00Z')), 2]]);
});
