// Builds what a report is made from, with a value for everything.
import type { FigureId, FigureUnit, Policy } from '@deskwright/shared';
import type { FigureValue, GoalStatus } from '@deskwright/shared/contract';
import type { SupportData } from '../support/read-support-data.ts';

const at = (iso: string): number => Date.parse(iso);

export function aFigure(id: FigureId, part: Partial<FigureValue> & { unit: FigureUnit }): FigureValue {
  return { id, value: 1, n: 120, ...part };
}

export function aGoal(part: Partial<GoalStatus> = {}): GoalStatus {
  return {
    id: 'first_reply',
    name: 'First reply within an hour',
    figure: 'first_reply_time',
    unit: 'duration',
    target: 3_600,
    is: 'at_most',
    value: 52 * 60,
    n: 120,
    state: 'on_track',
    from: '2026-11-01T04:00:00.000Z',
    to: '2026-12-01T05:00:00.000Z',
    owner: 'Ana',
    benchmark: { text: 'Retail answers e-mail within 12 hours', source: 'Benchmark 2025, page 14' },
    ...part,
  };
}

export const FIRST_REPLY = aFigure('first_reply_time', {
  unit: 'duration',
  value: 52 * 60,
  business: { median: 48 * 60, p90: 7_200, mean: 3_000 },
  within: { share: 0.78, of: 110 },
  before: { value: 3 * 3_600 + 600, n: 90 },
  change: 'better',
});

/** Of Friday 27 November 2026 in New York, made at eight in the morning after. */
export function aSupportData(part: Partial<SupportData> = {}): SupportData {
  const figures = [
    FIRST_REPLY,
    aFigure('arrivals', { unit: 'count', value: 213, n: 213, before: { value: 200, n: 200 }, change: 'unclear' }),
    aFigure('solves', { unit: 'count', value: 240, n: 240 }),
    aFigure('csat', {
      unit: 'share',
      value: 0.82,
      n: 50,
      interval: [0.69, 0.9],
      before: { value: 0.8, n: 44 },
      change: 'unclear',
    }),
    aFigure('ces_mean', { unit: 'score', value: 6, n: 3, tooFew: true }),
    aFigure('overtake_rate', { unit: 'share', value: 0.04 }),
    aFigure('bounce_rate', { unit: 'share', value: 0.01 }),
  ];
  return {
    kind: 'daily',
    policy: {
      company: 'Northwind Outdoor',
      time_zone: 'America/New_York',
      goals: [
        { id: 'first_reply', figure: 'first_reply_time', target: '1h', owner: 'Ana' },
      ] as unknown as Policy['goals'],
      categories: [{ id: 'payment', name: 'Payment' }] as unknown as Policy['categories'],
    },
    now: new Date('2026-11-28T13:00:00Z'),
    period: { from: at('2026-11-27T05:00:00Z'), to: at('2026-11-28T05:00:00Z') },
    before: { from: at('2026-11-26T05:00:00Z'), to: at('2026-11-27T05:00:00Z') },
    about: null,
    link: 'https://acme.zendesk.com/agent/apps/deskwright',
    present: {
      waiting: {
        n: 48,
        open: 60,
        unassigned: 12,
        oldest: { since: '2026-11-25T13:00:00.000Z' },
        byTier: [{ id: 't1', name: 'Tier 1', n: 48, oldest: '2026-11-25T13:00:00.000Z' }],
        ages: [
          { from: 0, to: 1, n: 8 },
          { from: 1, to: null, n: 40 },
        ],
      },
      attention: [
        {
          kind: 'overdue',
          n: 7,
          since: '2026-11-25T13:00:00.000Z',
          about: null,
          tickets: [{ id: 4711, url: 'https://acme.zendesk.com/agent/tickets/4711' }],
        },
        { kind: 'failed_effects', n: 2, since: null, about: null, tickets: [] },
      ],
      forecast: { open: 60, arrivalsPerDay: 200, solvesPerDay: 220, days: 3, interval: [2, 5], from: 28 },
    },
    figures: new Map(figures.map((figure) => [figure.id, figure])),
    flow: [0, 1].map((hour) => ({ at: `2026-11-27T${14 + hour}:00:00.000Z`, arrivals: 10 + hour, solves: 12 })),
    topics: [
      { id: 'payment', name: 'Payment', n: 150, share: 150 / 213, trend: 1.5 },
      { id: 'bug', name: 'Bug', n: 63, share: 63 / 213, trend: -0.2 },
    ],
    goals: [aGoal()],
    marks: [
      {
        at: '2026-11-20T15:00:00.000Z',
        kind: 'mark',
        text: 'New checkout',
        effect: { state: 'known', days: 6, effect: [{ category: 'payment', before: 10, after: 150.5 }] },
      },
    ],
    restated: { at: '2026-11-28T02:00:00.000Z', days: 2 },
    ...part,
  };
}
