// Builds the answers of the service for the dashboard.
import type { Dashboard, FigureValue, GoalStatus } from '@deskwright/shared/contract';
import { NOW } from './card-builders.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** @param hours before the fixed time */
export const hoursAgo = (hours: number): string => new Date(NOW - hours * HOUR_MS).toISOString();

export const aTicketLink = (id: number) => ({ id, url: `https://northwind.zendesk.test/agent/tickets/${id}` });

export function aFigure(id: FigureValue['id'], parts: Partial<FigureValue> = {}): FigureValue {
  return { id, unit: 'share', value: 0.5, n: 120, ...parts };
}

const spread = (median: number) => ({ median, p90: median * 4, mean: median * 1.5 });

export function aTime(id: FigureValue['id'], calendar: number, parts: Partial<FigureValue> = {}): FigureValue {
  return aFigure(id, {
    unit: 'duration',
    value: calendar,
    calendar: spread(calendar),
    business: spread(calendar * 0.6),
    within: { share: 0.86, of: 118 },
    before: { value: calendar * 1.4, n: 96 },
    change: 'better',
    ...parts,
  });
}

export const someFigures = (): readonly FigureValue[] => [
  aTime('first_reply_time', 52 * MINUTE),
  aTime('next_reply_time', 3 * HOUR + 10 * MINUTE, { n: 214, change: 'unclear' }),
  aFigure('replies_within_target', { value: 0.86, n: 332, before: { value: 0.71, n: 290 }, change: 'better' }),
  aFigure('arrivals', { unit: 'count', value: 133, n: 133, before: { value: 121, n: 121 }, change: 'unclear' }),
  aFigure('solves', { unit: 'count', value: 141, n: 141, before: { value: 118, n: 118 }, change: 'better' }),
  aFigure('one_touch_rate', { value: 0.42, n: 141, before: { value: 0.4, n: 118 }, change: 'same' }),
  aFigure('reopen_rate', { value: 0.061, n: 141, before: { value: 0.034, n: 118 }, change: 'worse' }),
  aFigure('csat', { value: 0.91, n: 87, interval: [0.83, 0.95], before: { value: 0.88, n: 70 }, change: 'unclear' }),
  aFigure('csat_mean', { unit: 'score', value: 4.52, n: 87 }),
  aFigure('ces', { value: 0.78, n: 9, interval: [0.45, 0.94], tooFew: true, before: { value: null, n: 0 } }),
  aFigure('ces_mean', { unit: 'score', value: 5.9, n: 9 }),
  aFigure('response_rate', { value: 0.31, n: 310, before: { value: 0.29, n: 280 }, change: 'same' }),
];

function aGoal(parts: Partial<GoalStatus> = {}): GoalStatus {
  return {
    id: 'first-reply',
    name: 'First reply within an hour',
    figure: 'first_reply_time',
    unit: 'duration',
    target: HOUR,
    is: 'at_most',
    value: 52 * MINUTE,
    n: 118,
    state: 'on_track',
    from: hoursAgo(7 * 24),
    to: hoursAgo(0),
    owner: 'Lena Fischer',
    benchmark: { text: 'The median of retailers is 2 hours', source: 'https://example.test/benchmark' },
    ...parts,
  };
}

const TOPICS = [
  ['refund', 'Refund', 41, 0.12],
  ['delivery', 'Where is my order', 33, -0.08],
  ['warranty', 'Warranty', 19, 0.9],
  ['size', 'Sizes and fit', 14, 0],
  ['other', 'Other', 12, -0.3],
  ['invoice', 'Invoice', 8, null],
  ['account', 'Account and login', 6, 0.1],
] as const;

const CHOICES: Dashboard['choices'] = {
  tiers: [
    { id: 't1', name: 'Tier 1' },
    { id: 't2', name: 'Tier 2' },
    { id: 't3', name: 'Tier 3' },
  ],
  categories: TOPICS.map(([id, name]) => ({ id, name })),
  channels: [
    { id: 'email', name: 'Email' },
    { id: 'web', name: 'Web form' },
  ],
  groups: [{ id: '361', name: 'Support Tier 1' }],
};

/** A day of a support team of thirty. */
export function aDashboard(parts: Partial<Dashboard> = {}): Dashboard {
  return {
    company: 'Northwind Outdoor',
    asOf: hoursAgo(0),
    timeZone: 'America/New_York',
    range: { id: 'today', from: hoursAgo(12), to: hoursAgo(0) },
    before: { from: hoursAgo(36), to: hoursAgo(24) },
    choices: CHOICES,
    waiting: {
      n: 42,
      open: 316,
      unassigned: 11,
      oldest: { since: hoursAgo(53), ticket: aTicketLink(1004) },
      byTier: [
        { id: 't1', name: 'Tier 1', n: 24, oldest: hoursAgo(9) },
        { id: 't2', name: 'Tier 2', n: 15, oldest: hoursAgo(53) },
        { id: 't3', name: 'Tier 3', n: 3, oldest: hoursAgo(20) },
      ],
      ages: [
        { from: 0, to: 1, n: 17 },
        { from: 1, to: 4, n: 12 },
        { from: 4, to: 24, n: 9 },
        { from: 24, to: 72, n: 4 },
        { from: 72, to: null, n: 0 },
      ],
    },
    figures: someFigures(),
    flow: Array.from({ length: 13 }, (_, hour) => ({
      at: hoursAgo(12 - hour),
      arrivals: [1, 2, 4, 9, 14, 17, 15, 12, 16, 18, 13, 8, 4][hour] ?? 0,
      solves: [0, 0, 3, 8, 15, 19, 12, 9, 18, 21, 17, 12, 7][hour] ?? 0,
    })),
    topics: TOPICS.map(([id, name, n, trend]) => ({ id, name, n, share: n / 133, trend })),
    attention: [
      { kind: 'overdue', n: 4, since: hoursAgo(7), about: null, tickets: [1004, 1009, 1012, 1013].map(aTicketLink) },
      { kind: 'bounced', n: 1, since: hoursAgo(30), about: null, tickets: [aTicketLink(988)] },
      { kind: 'unhappy_and_open', n: 2, since: hoursAgo(4), about: null, tickets: [1001, 1002].map(aTicketLink) },
      { kind: 'category_rise', n: 19, since: hoursAgo(3), about: 'Warranty', tickets: [1030, 1031].map(aTicketLink) },
      { kind: 'overruled_views', n: 1, since: hoursAgo(26), about: 'Unassigned', tickets: [] },
    ],
    forecast: { open: 316, arrivalsPerDay: 133, solvesPerDay: 186, days: 6, interval: [4.8, 8.1], from: 28 },
    goals: [
      aGoal(),
      aGoal({
        id: 'csat',
        name: 'Nine of ten satisfied',
        figure: 'csat',
        unit: 'share',
        target: 0.9,
        is: 'at_least',
        value: 0.91,
        n: 87,
        benchmark: null,
      }),
      aGoal({
        id: 'guidance',
        name: 'Guidance for 95% of tickets',
        figure: 'guidance_coverage',
        unit: 'share',
        target: 0.95,
        is: 'at_least',
        value: 0.89,
        n: 133,
        state: 'off_track',
      }),
      aGoal({
        id: 'ces',
        name: 'Easy to reach us',
        figure: 'ces',
        unit: 'share',
        target: 0.8,
        is: 'at_least',
        value: 0.78,
        n: 9,
        state: 'unknown',
      }),
    ],
    restated: null,
    isPartial: false,
    may: { seeAgents: true, makeLinks: true, openTickets: true },
    ...parts,
  };
}

/** Before the first ticket. */
export function anEmptyDashboard(): Dashboard {
  const dashboard = aDashboard();
  return {
    ...dashboard,
    before: null,
    waiting: {
      n: 0,
      open: 0,
      unassigned: 0,
      oldest: null,
      byTier: [],
      ages: dashboard.waiting.ages.map((band) => ({ ...band, n: 0 })),
    },
    figures: dashboard.figures.map(({ id, unit }) => ({ id, unit, value: unit === 'count' ? 0 : null, n: 0 })),
    flow: dashboard.flow.map(({ at }) => ({ at, arrivals: 0, solves: 0 })),
    topics: [],
    attention: [],
    forecast: null,
    goals: [],
  };
}

/** A week, day by day. */
export const aWeek = (): Pick<Dashboard, 'range' | 'flow'> => ({
  range: { id: '7d', from: hoursAgo(7 * 24), to: hoursAgo(0) },
  flow: Array.from({ length: 7 }, (_, day) => ({
    at: new Date(NOW - (6 - day) * DAY_MS).toISOString(),
    arrivals: 120 + ((day * 37) % 41),
    solves: 118 + ((day * 53) % 47),
  })),
});
