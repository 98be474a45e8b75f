// The feature that shows leaders and agents the state of support.

import { readGroups } from '../directory/directory.ts';
import type { DirectoryStart } from '../directory/start-directory.ts';
import { readChannels } from '../history/index.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import type { Route } from '../platform/http/app.ts';
import type { Check } from '../platform/http/health.ts';
import type { Live } from '../platform/live/live.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import { createAppRouter, type PageDeps } from '../sidebar/index.ts';
import { createDashboardRouter } from './api/create-dashboard-router.ts';
import { type AskedSection, type DashboardLimits, SHARED_SECTIONS } from './api/dashboard-api-deps.ts';
import { type Asked, choicesOf } from './api/dashboard-query.ts';
import { createRightsNow } from './api/rights-now.ts';
import { createFeeds, type FeedTimes } from './live/feeds.ts';
import { shareResults, takeTurns } from './live/share-results.ts';
import { createStreams, STREAM_LIMITS, type StreamLimits } from './live/stream-dashboard.ts';
import { computeOverview } from './overview/overview.ts';
import type { SectionDeps } from './section-deps.ts';
import { DASHBOARD_TABLES } from './tables.ts';
import { createWallRouter } from './wall/wall-page.ts';

export { HEADLINE_FIGURES, readRestated } from './overview/overview.ts';
export { type AttentionDeps, readAttention } from './overview/read-attention.ts';
export { readGoals } from './overview/read-goals.ts';
export { findLink, makeLink } from './wall/wall-links.ts';

export interface DashboardDeps {
  config: { publicUrl: string };
  /** Whether this process answers HTTP. */
  isWeb: boolean;
  db: Database;
  /** A separate pool for figures: one first screen takes a dozen queries, which must not take the connections that decide tickets. */
  reading: Database;
  live: Live;
  pages: PageDeps;
  directory: Pick<DirectoryStart, 'current'>;
  policy: { current: () => PolicyWithGuidance };
  metrics: Metrics;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  /** Aborted when the service is stopping. */
  signal: AbortSignal;
  limits?: Partial<DashboardLimits & StreamLimits>;
  times?: FeedTimes;
}

/** Computations at a time, of first screens and of all else: more would wait for one another's connections until they fail. */
const AT_ONCE = 2;
/** Calls within this time are answered with the same figures. */
const HOLD_MS = 500;
/** Groups and channels change rarely. */
const LISTS_HOLD_MS = 5_000;
const keyOf = (asked: object): string => JSON.stringify(asked);
/** Seconds. */
const COMPUTE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5];

export function dashboardFeature(deps: DashboardDeps): Feature {
  const { db, live, pages, policy, clock, logger, signal } = deps;
  const stopwatch = () => performance.now();
  const lists = shareResults({
    compute: async (_asked: object) => ({ groups: await readGroups(db), channels: await readChannels(db) }),
    keyOf,
    holdMs: LISTS_HOLD_MS,
    turns: takeTurns(1),
    stopwatch,
  });
  const sections: SectionDeps = {
    db: deps.reading,
    policy,
    directory: deps.directory,
    choices: async () => choicesOf(policy.current().policy, await lists.get({})),
    ticketUrl: (id) => `${pages.accountUrl}/agent/tickets/${id}`,
    clock,
  };

  function routes(): Route[] {
    const seconds = deps.metrics.histogram(
      'deskwright_dashboard_compute_seconds',
      'Time to compute the first screen of the dashboard for one question.',
      COMPUTE_BUCKETS,
    );
    const sharing = { keyOf, holdMs: HOLD_MS, stopwatch };
    const overviews = shareResults({
      compute: async (asked: Asked) => {
        const startedAt = stopwatch();
        const overview = await computeOverview(sections, asked);
        seconds.observe((stopwatch() - startedAt) / 1_000);
        return overview;
      },
      turns: takeTurns(AT_ONCE),
      ...sharing,
    });
    const others = takeTurns(AT_ONCE);
    const shared = shareResults({
      compute: ({ name, asked }: AskedSection): Promise<object> => SHARED_SECTIONS[name](sections, asked),
      turns: others,
      ...sharing,
    });
    const feeds = createFeeds({
      results: overviews,
      keyOf,
      onFailure: (error) => logger.warn(aboutError(error), 'The dashboard cannot be computed; its pages say so'),
      stopwatch,
      times: deps.times,
    });
    const limits = { ...STREAM_LIMITS, ...deps.limits };
    const rightsNow = createRightsNow({ db, policy, findAgent: pages.findAgent, clock });
    const streams = createStreams({ feeds, rightsNow, stopwatch, stopping: signal, limits });
    deps.metrics.gauge('deskwright_dashboard_viewers', 'Open dashboards.', () => streams.count());
    live.subscribeToAll(() => feeds.changed());
    signal.addEventListener('abort', () => feeds.stop());
    const api = createDashboardRouter({
      ...sections,
      links: db,
      sessions: pages.sessions,
      findAgent: pages.findAgent,
      overviews,
      sections: shared,
      turns: others,
      streams,
      publicUrl: deps.config.publicUrl,
      logger,
      limits: deps.limits,
    });
    return [
      { path: '/', router: createAppRouter({ ...pages, page: 'dashboard' }) },
      { path: '/', router: createWallRouter({ db, build: pages.build, clock, logger }) },
      { path: '/api/dashboard', router: api },
    ];
  }

  /** A warning for operators only: the process stays ready. */
  async function check(): Promise<Check> {
    return pages.build()?.pages.has('dashboard')
      ? { ok: true }
      : { ok: true, warning: 'the dashboard is not built: run "npm run build"' };
  }

  return { name: 'dashboard', routes, readiness: deps.isWeb ? { dashboard: check } : {}, tables: DASHBOARD_TABLES };
}
