// Checks the parts of the service that belong to no feature, and exports the policy's state as metrics.

import { setTimeout as pause } from 'node:timers/promises';
import type { Check, ReadinessChecks } from '../platform/http/health.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import { describeActing, readActing } from '../platform/outbox/activation.ts';
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
  /** Names in the policy that Zendesk does not have. */
  unknownNames: () => readonly UnknownName[];
  /** Null: this process runs no workers. */
  workers: (() => Check) | null;
  metrics: Pick<Metrics, 'gauge'>;
  /** Epoch milliseconds. */
  clock?: () => number;
  maxWaitMs?: number;
}

/** A login that worked is not checked again for this long: each check is a call of Zendesk. */
const LOGIN_HOLDS_MS = 60_000;
/** Work that waits for an endpoint retries it at least this often, except view checks. */
const OUTAGE_SEEN_MS = 330_000;
/** Our client waits and retries for up to a minute; this check must end before `/readyz` times out. */
const MAX_WAIT_MS = 3_000;

/**
 * Not ready: the database or the queue is unavailable, or Zendesk has never accepted our login. A refused policy edit, a temporary outage of Zendesk and
 * names that it does not have are only warnings: webhooks must still be received, and work continues.
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
            warning: `the edited policy was refused, the last valid one remains in force: ${problems.map((problem) => formatProblemLine(problem, path)).join('; ')}`,
          };
    },
    mode: async () => ({ ok: true, detail: describeActing(await readActing(deps.db)) }),
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
  return `Zendesk ${answer} ${endpoint} since ${since.toISOString()}, for every record. Work that needs it waits and resumes by itself when Zendesk works again; nothing is lost`;
}

function showPolicyMetrics({ metrics, policyStore, unknownNames }: ReadinessDeps): void {
  metrics.gauge(
    'deskwright_policy_valid',
    '1 when the policy file on disk is in force, 0 when it was refused and the last valid one remains in force.',
    () => (policyStore.status().ok ? 1 : 0),
  );
  metrics.gauge(
    'deskwright_policy_loaded_timestamp_seconds',
    'When the policy in force was loaded.',
    () => policyStore.status().loadedAt / 1000,
  );
  metrics.gauge(
    'deskwright_policy_unknown_names',
    'Groups, agents and brands in the policy that do not exist in Zendesk.',
    () => unknownNames().length,
  );
}

/** One check at a time, however many callers there are. */
function checkLogin({ zendesk, clock = Date.now, maxWaitMs = MAX_WAIT_MS }: ReadinessDeps): () => Promise<Check> {
  let loggedInAt: number | null = null;
  let proof: Promise<string | null> | null = null;

  /** Null: the login works; otherwise the problem. */
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
