// Keeps a fault of one feature from stopping the others, or the process.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import type { Route } from '../platform/http/app.ts';
import type { Check, ReadinessChecks } from '../platform/http/health.ts';
import type { Logger } from '../platform/logging/logger.ts';

/** Less than `/readyz` waits for a check before it says that the service is not ready. */
const CHECK_MS = 4_000;

/**
 * The same feature, of which nothing throws or rejects that is called outside a job: it is logged with the feature's name instead. A check
 * of `/readyz` that fails to answer is a warning, so that traffic still comes in for the others. Sweeps and retentions are guarded where
 * they run.
 */
export function guardFeature(feature: Feature, logger: Logger): Feature {
  const { name, routes, onWorkersStarted, onPolicyChange, drain } = feature;

  const report = (error: unknown, message: string): void =>
    logger.error({ feature: name, ...aboutError(error) }, message);

  const guarded = (work: (() => unknown) | undefined, message: string) => async (): Promise<void> => {
    try {
      await work?.();
    } catch (error) {
      report(error, message);
    }
  };

  const readiness: ReadinessChecks = Object.fromEntries(
    Object.entries(feature.readiness ?? {}).map(([key, check]) => [key, () => answerInTime(key, check)]),
  );

  async function answerInTime(key: string, check: () => Promise<Check>): Promise<Check> {
    const stopping = new AbortController();
    const late: Check = { ok: true, warning: `could not be checked: no answer within ${CHECK_MS / 1000} s` };
    try {
      const tooLate = pause(CHECK_MS, late, { signal: stopping.signal }).catch(() => late);
      return await Promise.race([check(), tooLate]);
    } catch (error) {
      logger.warn({ feature: name, check: key, ...aboutError(error) }, 'A readiness check of a feature failed');
      return { ok: true, warning: `could not be checked: ${aboutError(error).error}` };
    } finally {
      stopping.abort();
    }
  }

  function makeRoutes(): readonly Route[] {
    try {
      return (routes?.() ?? []).map((route) => ('post' in route ? guardPost(route) : route));
    } catch (error) {
      report(error, 'The routes of a feature could not be set up; they answer 404');
      readiness[`${name}_routes`] = async () => ({ ok: true, warning: 'its routes answer 404: see the log' });
      return [];
    }
  }

  /** Express answers what its routers throw; these come before it. */
  function guardPost(route: Extract<Route, { post: unknown }>): Route {
    return {
      ...route,
      post: (request, response) => {
        try {
          route.post(request, response);
        } catch (error) {
          report(error, 'A request failed');
          if (!response.headersSent) response.writeHead(503, { 'retry-after': '5' });
          response.end();
        }
      },
    };
  }

  return {
    ...feature,
    routes: makeRoutes,
    readiness,
    onWorkersStarted: guarded(onWorkersStarted, 'A feature failed when the workers had started'),
    onPolicyChange: guarded(onPolicyChange, 'A feature failed to follow a changed policy'),
    drain: guarded(drain, 'A feature failed to stop'),
  };
}
