// Lists the states of the dashboard that the gallery shows.
import type { Dashboard } from '@deskwright/shared/contract';
import { aDashboard, anEmptyDashboard, aWeek } from '../src/testing/dashboard-builders.ts';
import { type FakeAnswer, ok, refusal } from '../src/testing/fake-service.ts';

export interface DashboardState {
  readonly dashboard: FakeAnswer;
  /** The address after `#`. */
  readonly hash?: string;
  readonly wall?: boolean;
  /** The live stream does not connect. */
  readonly offline?: boolean;
}

const shows = (parts: Partial<Dashboard> = {}, more: Omit<DashboardState, 'dashboard'> = {}): DashboardState => ({
  dashboard: ok(aDashboard(parts)),
  ...more,
});

export const DASHBOARD_STATES: Readonly<Record<string, DashboardState>> = {
  now: shows(),
  week: shows(aWeek(), { hash: '/overview?range=7d' }),
  trends: shows(aWeek(), { hash: '/trends?range=28d' }),
  goals: shows({}, { hash: '/goals' }),
  queues: shows({}, { hash: '/queues' }),
  rules: shows({}, { hash: '/rules' }),
  team: shows({}, { hash: '/team' }),
  links: shows({}, { hash: '/links' }),
  figure: shows({}, { hash: '/overview?figure=csat' }),
  wall: shows({ may: { seeAgents: false, makeLinks: false, openTickets: false } }, { wall: true }),
  no_forecast: shows({ forecast: null, before: null }),
  restated: shows({ restated: { at: aDashboard().asOf, days: 2 } }),
  offline: shows({}, { offline: true }),
  empty: { dashboard: ok(anEmptyDashboard()) },
  loading: { dashboard: 'never' },
  forbidden: { dashboard: refusal(403, 'forbidden') },
  revoked: { dashboard: refusal(401, 'token_invalid'), wall: true, offline: true },
  failed: { dashboard: refusal(500, 'internal'), offline: true },
  unreachable: { dashboard: 'no network', offline: true },
};
