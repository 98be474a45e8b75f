// Lets the fake service answer the dashboard's calls.
import type { FigureId, FigureTickets } from '@deskwright/shared/contract';
import { aTicketLink, hoursAgo } from './dashboard-builders.ts';
import { type FakeAnswer, type FakeService, ok } from './fake-service.ts';
import { aTeam, someAtRisk, someLinks, someQueues, someRules, someTrends } from './section-builders.ts';

function aListOfTickets(figure: FigureId): FigureTickets {
  return {
    figure,
    unit: 'duration',
    total: 31,
    page: 1,
    pages: 2,
    tickets: Array.from({ length: 16 }, (_, n) => ({
      ticket: aTicketLink(1000 + n),
      at: hoursAgo(n * 3 + 1),
      value: 90_000 - n * 4_300,
      tier: n % 3 === 0 ? 't2' : 't1',
      category: n % 2 === 0 ? 'refund' : 'delivery',
      channel: 'email',
    })),
    ...(figure === 'csat' && { raw: { value: 0.5, n: 40 } }),
    ...(figure === 'response_rate' && {
      notSurveyed: [
        { survey: 'csat', reason: 'contacted_recently', n: 12 },
        { survey: 'nps', reason: 'over_quota', n: 3 },
        { survey: 'csat', reason: 'of_a_newer_service', n: 1 },
      ],
    }),
    ...(figure === 'overtake_rate' && {
      skips: [{ ticket: aTicketLink(900), at: hoursAgo(2), agent: 'Lena Fischer', reason: 'Not my area' }],
    }),
  };
}

export interface DashboardAnswers {
  readonly dashboard: FakeAnswer;
  /** The live stream does not connect. */
  readonly offline?: boolean;
}

export function answerDashboard(service: FakeService, { dashboard, offline = false }: DashboardAnswers): void {
  service.answer('GET /api/dashboard', dashboard);
  if (offline) service.answer('GET /api/dashboard/live', 'no network');
  service.answer('GET /api/dashboard/trends', ok(someTrends()));
  service.answer('GET /api/dashboard/queues', ok(someQueues()));
  service.answer('GET /api/dashboard/rules', ok(someRules()));
  service.answer('GET /api/dashboard/team', ok(aTeam()));
  service.answer('GET /api/dashboard/at-risk', ok(someAtRisk()));
  service.answer('GET /api/dashboard/links', ok(someLinks()));
  service.answer('GET /api/dashboard/tickets', ({ search }) =>
    ok(aListOfTickets((new URLSearchParams(search).get('figure') ?? 'arrivals') as FigureId)),
  );
}
