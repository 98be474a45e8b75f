// The feature that shows leaders and agents how support stands.
import type { Feature } from '../platform/feature.ts';
import type { Route } from '../platform/http/app.ts';
import type { Check } from '../platform/http/health.ts';
import { createAppRouter, type PageDeps } from '../sidebar/index.ts';

export interface DashboardDeps {
  /** Whether this process answers HTTP. */
  isWeb: boolean;
  pages: PageDeps;
}

export function dashboardFeature({ isWeb, pages }: DashboardDeps): Feature {
  const routes = (): Route[] => [{ path: '/', router: createAppRouter({ ...pages, page: 'dashboard' }) }];

  /** A warning for operators only: the process stays ready. */
  async function check(): Promise<Check> {
    return pages.build()?.pages.has('dashboard')
      ? { ok: true }
      : { ok: true, warning: 'the dashboard is not built: run "npm run build"' };
  }

  return { name: 'dashboard', routes, readiness: isWeb ? { dashboard: check } : {} };
}
