import { aFigure, aGoal, aSupportData, FIRST_REPLY } from '../testing/support-data.ts';
import { buildSupportReport } from './build-support-report.ts';
import { figureSentence } from './figure-sentence.ts';
import { goalReason, goalsSentence } from './goals-section.ts';
import { topicsSentence } from './period-sections.ts';
import { forecastSentence } from './present-sections.ts';

const around = { before: 'the day before' };

describe('a figure', () => {
  test.each([
    [
      FIRST_REPLY,
      { ...around, goal: { is: 'at_most', target: 3_600, unit: 'duration' } as const },
      'First reply: 52 min median (48 min in business hours; of 120 replies), target 1 h, 78% within target; the day before 3 h 10 min. The change is real.',
    ],
    [
      aFigure('csat', {
        unit: 'share',
        value: 0.82,
        n: 50,
        interval: [0.69, 0.9],
        before: { value: 0.8, n: 44 },
        change: 'unclear',
      }),
      { ...around, goal: { is: 'at_least', target: 0.9, unit: 'share' } as const },
      'Satisfied customers: 82% (95% interval 69% to 90%; of 50 answers), target at least 90%; the day before 80%. Chance alone may explain the change.',
    ],
    [
      aFigure('ces_mean', { unit: 'score', value: 6, n: 1, tooFew: true, change: 'better' }),
      around,
      'Ease, mean of 1 to 7: 6 (of 1 answer). Too few to judge.',
    ],
    [
      aFigure('arrivals', {
        unit: 'count',
        value: 1_213,
        n: 1_213,
        before: { value: 1_213, n: 1_213 },
        change: 'same',
      }),
      around,
      'Arrived: 1,213; the day before 1,213. No change.',
    ],
    [
      aFigure('next_reply_time', { unit: 'duration', value: null, n: 0, before: { value: null, n: 0 } }),
      around,
      'Later replies: nothing to count; the day before nothing.',
    ],
    [
      aFigure('full_resolution_time', { unit: 'duration', value: 86_400, n: 4, isApproximate: true, fromZendesk: 3 }),
      around,
      'Full resolution: 24 h median (of 4 tickets; within 5%; 3 measured by Zendesk).',
    ],
  ])('is one plain sentence: $id', (figure, said, expected) => {
    expect(figureSentence(figure, said)).toBe(expected);
  });
});

test.each([
  [aGoal(), 'First reply: 52 min, target 1 h (of 120).'],
  [aGoal({ state: 'unknown', value: null, n: 0 }), 'First reply: nothing to count yet, target 1 h.'],
  [aGoal({ figure: 'waiting', unit: 'count', target: 50, value: 48, n: 48 }), 'Waiting: 48, target 50.'],
  [
    aGoal({ figure: 'days_to_clear', unit: 'days', target: 6, value: null, n: 800, state: 'off_track' }),
    'Until the backlog is clear: it does not shrink, target 6 days.',
  ],
  [aGoal({ state: 'unknown', value: 60, n: 2 }), 'First reply: 1 min of only 2, too few to judge; target 1 h.'],
])('a goal says why', (goal, reason) => {
  expect(goalReason(goal)).toBe(reason);
});

test('a goal in business hours says so', () => {
  expect(goalReason(aGoal(), 'business')).toBe('First reply: 52 min in business hours, target 1 h (of 120).');
});

test('goals off track are named', () => {
  const off = aGoal({ id: 'csat', name: 'Nine in ten are happy', state: 'off_track' });
  expect(goalsSentence([aGoal(), off])).toBe('1 goal is off track: Nine in ten are happy.');
  expect(goalsSentence([aGoal()])).toBe('The goal that can be judged is on track.');
  expect(goalsSentence([aGoal({ state: 'unknown' })])).toBe('It is too early to judge the goals.');
});

test('topics are named up to half of the volume', () => {
  const topic = (name: string, share: number) => ({ id: name, name, n: share * 100, share, trend: null });
  expect(topicsSentence([topic('Refunds', 0.3), topic('Bug', 0.25), topic('Other', 0.45)])).toBe(
    'Refunds and Bug make 55% of what customers write about.',
  );
});

test.each([
  [{ days: 3, interval: [2, 5] as const }, 'The backlog is clear in about 3 days, with 80% certainty in 2 to 5'],
  [{ days: 3, interval: [2, null] as const }, 'The backlog is clear in about 3 days, with 80% certainty not before 2'],
  [{ days: null, interval: null }, 'The backlog does not shrink'],
])('the forecast says how certain it is', (part, expected) => {
  const forecast = { open: 800, arrivalsPerDay: 133, solvesPerDay: 150, from: 28, ...part };
  expect(forecastSentence(forecast)).toBe(
    `${expected}: 800 tickets are open; 133 arrive and 150 are solved a day (last 28 days).`,
  );
});

describe('the daily report', () => {
  test('has every section, and the most important sentences first', () => {
    const report = buildSupportReport(aSupportData());
    expect(report.sections.map(({ id }) => id)).toEqual([
      'waiting',
      'replies',
      'flow',
      'topics',
      'satisfaction',
      'goals',
      'order',
      'attention',
      'launches',
      'forecast',
      'restated',
    ]);
    expect(report.period.label).toBe('Friday 27 November 2026');
    expect(report.summary).toEqual([
      '48 customers wait for an answer now.',
      expect.stringMatching(/^First reply: 52 min median/),
      '213 tickets arrived and 240 were solved: 27 more solved than arrived.',
      'Payment makes 70% of what customers write about.',
      expect.stringMatching(/^Satisfied customers: 82%/),
      'The goal that can be judged is on track.',
      expect.stringMatching(/^The backlog is clear in about 3 days/),
    ]);
    expect(report.sections[0]?.headline).toBe(
      '48 customers wait for an answer, the longest since Wed 25 Nov, 08:00 (3 d). 60 tickets are open, 12 unassigned.',
    );
  });

  test('says of a period long past nothing about the present', () => {
    const { sections, summary } = buildSupportReport(aSupportData({ present: null }));
    expect(sections.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['waiting']));
    expect(JSON.stringify([sections, summary])).not.toMatch(/now|forecast|attention/);
  });

  test('can be made of nothing', () => {
    const nothing = { figures: new Map(), flow: [], topics: [], goals: [], marks: [], restated: null, present: null };
    const { sections, summary } = buildSupportReport(aSupportData(nothing));
    expect(summary).toEqual(['0 tickets arrived and 0 were solved: as many.']);
    expect(sections.map(({ headline }) => headline)).toContain('Nothing to count.');
  });

  test('names the goals with their benchmark and its source', () => {
    const goals = buildSupportReport(aSupportData()).sections.find(({ id }) => id === 'goals');
    expect(goals?.blocks[1]).toEqual({
      kind: 'list',
      items: ['First reply within an hour: Retail answers e-mail within 12 hours (Benchmark 2025, page 14).'],
    });
  });

  test('compares the days before and after a launch, or says that it is too early', () => {
    const text = (data = aSupportData()) =>
      JSON.stringify(buildSupportReport(data).sections.find(({ id }) => id === 'launches'));
    expect(text()).toContain('New checkout. Tickets a day in 6 days before and after, the same weekdays:');
    expect(text()).toContain('"+140.5"');
    const [mark] = aSupportData().marks;
    const early = { ...mark!, effect: { state: 'too_early', knownFrom: '2026-11-24' } as const };
    expect(text(aSupportData({ marks: [early] }))).toContain(
      'Too early to say what it changed; known from 2026-11-24.',
    );
  });
});

test('the weekly report names its first and last day', () => {
  const week = { from: Date.parse('2026-11-16T05:00:00Z'), to: Date.parse('2026-11-23T05:00:00Z') };
  const { period, sections } = buildSupportReport(aSupportData({ kind: 'weekly', period: week }));
  expect(period.label).toBe('Mon 16 Nov to Sunday 22 November 2026');
  expect(JSON.stringify(sections)).toContain('Arrivals and solves by day');
});
