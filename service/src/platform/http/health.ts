// Serves /healthz (the process is up), /readyz (it can do its work) and /metrics.
import { Router } from 'express';
import type { Registry } from 'prom-client';
import { BUILD } from '../build-info.ts';
import type { IsOperator } from './operator-access.ts';

/** `detail`: the current state when nothing is wrong. */
export type Check = { ok: true; warning?: string; detail?: string } | { ok: false; message: string };
/** Checks one part that the service needs. Must answer within a few seconds and never throw. */
export type ReadinessChecks = Record<string, () => Promise<Check>>;

/** Anybody may ask, so the checks run at most about once a second, however many ask. Milliseconds. */
const RESULT_HOLDS_MS = 1_000;

const HOW_TO_READ = 'For operators only: set OPERATOR_TOKEN and send "Authorization: Bearer <OPERATOR_TOKEN>".';

/**
 * `/healthz`: the process runs (otherwise restart it). `/readyz`: every part works (otherwise send it no traffic); tells operators which
 * part does not, and why.
 */
export function createHealthRouter(
  checks: ReadinessChecks,
  isOperator: IsOperator,
  clock: () => number = Date.now,
): Router {
  const router = Router();
  const readiness = shareRun(() => runChecks(checks), clock);
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true, version: BUILD.version, build: BUILD.commit });
  });
  router.get('/readyz', async (request, response) => {
    const results = await readiness();
    const ok = Object.values(results).every((result) => result.ok);
    response.status(ok ? 200 : 503).json(isOperator(request) ? { ok, checks: results } : { ok, details: HOW_TO_READ });
  });
  return router;
}

/** Who calls during a run, or within `RESULT_HOLDS_MS` after it, gets its result. */
function shareRun<T>(run: () => Promise<T>, clock: () => number): () => Promise<T> {
  let shared: Promise<T> | null = null;
  let endedAt: number | null = null;
  return () => {
    if (shared === null || (endedAt !== null && Math.abs(clock() - endedAt) >= RESULT_HOLDS_MS)) {
      endedAt = null;
      shared = run().finally(() => {
        endedAt = clock();
      });
    }
    return shared;
  };
}

async function runChecks(checks: ReadinessChecks): Promise<Record<string, Check>> {
  return Object.fromEntries(
    await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const)),
  );
}

const TIMEOUT_MS = 5_000;

async function runCheck(check: () => Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, message: `no answer within ${TIMEOUT_MS / 1000} s` }), TIMEOUT_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

export function createMetricsRouter(registry: Registry, isOperator: IsOperator): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (!isOperator(request))
      return void response
        .status(401)
        .set('www-authenticate', 'Bearer realm="operators"')
        .json({ error: 'unauthorized', message: HOW_TO_READ });
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
