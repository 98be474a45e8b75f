// Builds the answers of the service for the dashboard's sections.
import type { AtRiskCustomers, Queues, Rules, Team, Trends, WallLinks } from '@deskwright/shared/contract';
import { aFigure, aTime, hoursAgo, someFigures } from './dashboard-builders.ts';

const DAYS = 28;
const daysAgo = (days: number): string => hoursAgo(days * 24);
const day = (n: number): string => daysAgo(DAYS - 1 - n);
/** Between -1 and 1, the same each time. */
const wave = (n: number): number => Math.sin(n * 1.7) * 0.6 + Math.sin(n * 0.45) * 0.4;
const days = <T>(make: (n: number) => T): T[] => Array.from({ length: DAYS }, (_, n) => make(n));

export const someTrends = (): Trends => ({
  trends: [
    {
      figure: 'first_reply_time',
      unit: 'duration',
      goal: 3600,
      points: days((n) => ({
        at: day(n),
        value: n === 9 ? null : 9_000 - n * 220 + wave(n) * 900,
        business: n === 9 ? null : 5_400 - n * 130 + wave(n) * 500,
        n: n === 9 ? 0 : 90 + n,
      })),
    },
    {
      figure: 'csat',
      unit: 'share',
      goal: 0.9,
      points: days((n) => {
        const value = 0.82 + n * 0.003 + wave(n) * 0.03;
        return { at: day(n), value, n: 60 + n, interval: [value - 0.07, Math.min(1, value + 0.05)] as const };
      }),
    },
    {
      figure: 'arrivals',
      unit: 'count',
      goal: null,
      points: days((n) => ({ at: day(n), value: Math.round(130 + wave(n) * 30), n: 130 })),
    },
    { figure: 'ces', unit: 'share', goal: null, points: days((n) => ({ at: day(n), value: null, n: 0 })) },
  ],
  annotations: [
    { id: 1, at: daysAgo(20.5), kind: 'installed', text: 'Deskwright 0.1.0', effect: [] },
    {
      id: 2,
      at: daysAgo(11.2),
      kind: 'mark',
      text: 'New checkout',
      effect: [
        { id: 'refund', name: 'Refund', before: 48.2, after: 31.4 },
        { id: 'delivery', name: 'Where is my order', before: 30, after: 33.5 },
      ],
    },
    { id: 3, at: daysAgo(4.4), kind: 'policy', text: 'Warranty goes to Tier 2', effect: [] },
  ],
  backlog: days((n) => ({ at: day(n), open: Math.round(800 - n * 17 + wave(n) * 20) })),
});

export const someQueues = (): Queues => ({
  tiers: ['t1', 't2', 't3'].map((id, n) => ({
    id,
    name: `Tier ${n + 1}`,
    waiting: [24, 15, 3][n] ?? 0,
    oldest: hoursAgo([9, 53, 20][n] ?? 1),
    figures: [
      aFigure('overtake_rate', { value: 0.041 + n * 0.03, n: 210, before: { value: 0.09, n: 180 }, change: 'better' }),
      aFigure('clock_flips', { unit: 'count', value: n, n: 210 }),
      aTime('first_reply_time', 3_100 * (n + 1)),
      aTime('next_reply_time', 9_400 * (n + 1), { isApproximate: true }),
      aFigure('escalation_rate', { value: 0.12, n: 180 }),
      aFigure('bounce_rate', { value: 0.01, n: 180 }),
    ],
  })),
  departments: [
    {
      id: 'warehouse',
      name: 'Warehouse',
      waiting: 6,
      oldest: hoursAgo(21),
      figures: [aTime('department_answer_time', 40_000)],
    },
  ],
  skips: {
    n: 10,
    reasons: [
      { reason: 'Not my area', n: 7 },
      { reason: 'Needs a translation', n: 2 },
    ],
  },
});

export const someRules = (): Rules => ({
  shadow: [
    {
      id: 'damaged',
      name: 'Arrived damaged',
      share: 0,
      saw: 1_204,
      changed: 57,
      chosen: { n: 34, asShadow: 31, asActing: 1, interval: [0.77, 0.97], tooFew: false },
    },
    {
      id: 'vat',
      name: 'Asks about VAT',
      share: 10,
      saw: 133,
      changed: 3,
      chosen: { n: 0, asShadow: 0, asActing: 0, interval: null, tooFew: true },
    },
  ],
  figures: [
    aFigure('automatic_rate', { value: 0.83, n: 133 }),
    aFigure('override_rate', { value: 0.06, n: 110 }),
    aFigure('other_share', { value: 0.09, n: 133, change: 'better', before: { value: 0.14, n: 121 } }),
    aFigure('guidance_coverage', { value: 0.89, n: 133 }),
    aFigure('steps_followed', { value: 0.71, n: 96 }),
  ],
  rules: [
    { id: 'refund-wording', name: 'Asks for money back', decided: 41, overruled: 2, lastHit: hoursAgo(0.2) },
    { id: 'late-parcel', name: 'Parcel is late', decided: 33, overruled: 5, lastHit: hoursAgo(1) },
    { id: 'old-shop', name: 'Writes from the old shop', decided: 0, overruled: 0, lastHit: null },
  ],
  withoutGuidance: [
    { id: 'size', name: 'Sizes and fit', n: 14 },
    { id: 'other', name: 'Other', n: 12 },
  ],
});

const AGENT_FIGURES = ['solves', 'first_reply_time', 'next_reply_time', 'replies_within_target', 'one_touch_rate'];

export const aTeam = (): Team => ({
  onlyYou: false,
  agents: [
    { agentId: 7, name: 'Ann Miller', isYou: true },
    { agentId: 8, name: 'Omar Haddad', isYou: false },
  ].map((agent) => ({ ...agent, figures: someFigures().filter(({ id }) => AGENT_FIGURES.includes(id)) })),
});

export const someLinks = (): WallLinks => ({
  links: [
    {
      id: 1,
      name: 'Kitchen',
      shows: 'dashboard',
      createdAt: daysAgo(30),
      createdBy: 'Ann Miller',
      lastUsedAt: hoursAgo(0.1),
    },
    { id: 2, name: 'Everybody', shows: 'company', createdAt: daysAgo(3), createdBy: 'Ann Miller', lastUsedAt: null },
  ],
});

export const someAtRisk = (): AtRiskCustomers => ({
  n: 2,
  customers: [
    {
      customerId: 501,
      ticket: { id: 1041, url: 'https://northwind.zendesk.com/agent/tickets/1041' },
      survey: 'nps',
      score: 3,
      outOf: 10,
      at: hoursAgo(50),
      badAnswers: 2,
      wasGood: true,
      followUp: 'overdue',
    },
    {
      customerId: 502,
      ticket: null,
      survey: 'csat',
      score: 2,
      outOf: 5,
      at: hoursAgo(80),
      badAnswers: 1,
      wasGood: false,
      followUp: 'none',
    },
  ],
});
