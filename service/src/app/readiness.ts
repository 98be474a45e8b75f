// Checks the parts of the service that belong to no feature, and shows the policy's state as metrics.

import { setTimeout as pause } from 'node:timers/promises';
import type { Check, ReadinessChecks } from '../platform/http/health.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PostgresServer } from '../platform/storage/embedded-postgres.ts';
import type { UnknownName } from '../policy/find-unknown-names.ts';
import { formatProblemLine, formatUnknownName } from '../policy/format-policy.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import type { EndpointOutage } from '../zendesk/endpoints.ts';
import { listOutages } from '../zendesk/outages.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';

export interface ReadinessDeps {
  db: Database;
  postgres: Pick<PostgresServer, 'trouble' | 'lowDiskWarning'>;
  queue: Pick<JobQueue, 'isHealthy'>;
  zendesk: Pick<Zendesk, 'me'>;
  policyStore: Pick<PolicyStore, 'status'>;
  /** What the policy names and Zendesk does not have. */
  unknownNames: () => readonly UnknownName[];
  /** Null: this process runs no workers. */
  workers: (() => Check) | null;
  metrics: Pick<Metrics, 'gauge'>;
  /** Epoch milliseconds. */
  clock?: () => number;
  maxWaitMs?: number;
}

/** A login that worked is not proven again for so long: each proof is a call of Zendesk. */
const LOGIN_HOLDS_MS = 60_000;
/** What waits for an endpoint tries it at least as often, but for the checks of the views. */
const OUTAGE_SEEN_MS = 330_000;
/** Our client waits and tries again for up to a minute; whoever asks whether we are ready must hear before `/readyz` gives up. */
const MAX_WAIT_MS = 3_000;

/**
 * Not ready: the database or the queue is away, or Zendesk has never let us in. A refused policy edit, a passing outage of Zendesk and
 * names that it does not have are warnings only: webhooks must still come in, and work goes on.
 */
export function readinessChecks(deps: ReadinessDeps): ReadinessChecks {
  const { workers, unknownNames, policyStore } = deps;
  showPolicyMetrics(deps);
  return {
    database: async () => {
      const trouble = deps.postgres.trouble();
      if (trouble !== null) return { ok: false, message: trouble };
      await deps.db.$client.query('SELECT 1');
      const warning = await deps.postgres.lowDiskWarning();
      return warning === null ? { ok: true } : { ok: true, warning };
    },
    queue: async () =>
      (await deps.queue.isHealthy()) ? { ok: true } : { ok: false, message: 'the job queue does not answer' },
    zendesk: checkLogin(deps),
    policy: async () => {
      const { ok, problems, path } = policyStore.status();
      return ok
        ? { ok: true }
        : {
            ok: true,
            warning: `the edited policy was refused, the last valid one stays in force: ${problems.map((problem) => formatProblemLine(problem, path)).join('; ')}`,
          };
    },
    names: async () => {
      const unknown = unknownNames();
      return unknown.length === 0 ? { ok: true } : { ok: true, warning: unknown.map(formatUnknownName).join('; ') };
    },
    endpoints: async () => {
      const outages = await listOutages(deps.db, OUTAGE_SEEN_MS);
      return outages.length === 0 ? { ok: true } : { ok: true, warning: outages.map(outageWarning).join('; ') };
    },
    ...(workers ? { work: async () => workers() } : {}),
  };
}

function outageWarning({ endpoint, status, since }: EndpointOutage): string {
  const answer = status === null ? 'does not answer' : `answers ${status} to`;
  return `Zendesk ${answer} ${endpoint} since ${since.toISOString()}, whatever is asked: work that needs it waits, nothing is lost, and it goes on by itself when Zendesk answers again`;
}

function showPolicyMetrics({ metrics, policyStore, unknownNames }: ReadinessDeps): void {
  metrics.gauge(
    'deskwright_policy_valid',
    '1 when the policy file as it stands is the one in force, 0 when it was refused and the last good one stays.',
    () => (policyStore.status().ok ? 1 : 0),
  );
  metrics.gauge(
    'deskwright_policy_loaded_timestamp_seconds',
    'When the policy in force was loaded.',
    () => policyStore.status().loadedAt / 1000,
  );
  metrics.gauge(
    'deskwright_policy_unknown_names',
    'Groups and agents that the policy names and Zendesk does not have.',
    () => unknownNames().length,
  );
}

/** One proof at a time, however many ask. */
function checkLogin({ zendesk, clock = Date.now, maxWaitMs = MAX_WAIT_MS }: ReadinessDeps): () => Promise<Check> {
  let loggedInAt: number | null = null;
  let proof: Promise<string | null> | null = null;

  /** Null: the login works; else what is wrong. */
  async function prove(): Promise<string | null> {
    try {
      await zendesk.me();
      loggedInAt = clock();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  return async () => {
    if (loggedInAt !== null && clock() - loggedInAt < LOGIN_HOLDS_MS) return { ok: true };
    proof ??= prove().finally(() => {
      proof = null;
    });
    const trouble = await Promise.race([proof, pause(maxWaitMs, 'Zendesk has not answered yet', { ref: false })]);
    if (trouble === null) return { ok: true };
    return loggedInAt === null ? { ok: false, message: trouble } : { ok: true, warning: trouble };
  };
}
