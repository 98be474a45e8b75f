// Which parts must be there for the service to be ready?

import { setTimeout as pause } from 'node:timers/promises';
import type { Check, ReadinessChecks } from '../platform/http/health.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PostgresServer } from '../platform/storage/embedded-postgres.ts';
import type { UnknownName } from '../policy/find-unknown-names.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import { tellProblem } from '../policy/tell-problem.ts';
import { tellUnknownName } from '../policy/tell-unknown-name.ts';
import { countOddRecords } from '../tickets/sync/odd-records.ts';
import { countUnheardMessaging } from '../tickets/sync/unheard-messaging.ts';
import type { EndpointOutage } from '../zendesk/endpoints.ts';
import { listOutages } from '../zendesk/outages.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { Role } from './role.ts';
import type { Working } from './working.ts';

export interface ReadinessDeps {
  db: Database;
  postgres: Pick<PostgresServer, 'trouble' | 'lowOnRoom'>;
  queue: Pick<JobQueue, 'isHealthy'>;
  zendesk: Pick<Zendesk, 'me'>;
  policyStore: Pick<PolicyStore, 'status'>;
  /** SMTP_URL. */
  mail: string | null;
  working: () => Working | null;
  role: Role;
  webhooks: { check: () => Promise<Check> };
  /** Whether tickets can be written, and by which limit. */
  writes: () => Promise<Check>;
  /** What the policy names and Zendesk does not have. */
  unknownNames: () => readonly UnknownName[];
  /** Null in a worker. */
  sidebar: { check: () => Promise<Check> } | null;
  /** Epoch milliseconds. */
  clock?: () => number;
  patienceMs?: number;
}

/** A login that worked is not proven again for so long: each proof is a call of Zendesk. */
const LOGIN_HOLDS_MS = 60_000;
/** What waits for an endpoint tries it at least as often, but for the checks of the views. */
const OUTAGE_SEEN_MS = 330_000;
/** Our client waits and tries again for up to a minute; whoever asks whether we are ready must hear before `/readyz` gives up. */
const PATIENCE_MS = 3_000;

/**
 * Not ready: the database or the queue is away, or Zendesk has never let us in. A refused policy edit, a passing
 * outage of Zendesk, names that it does not have, records set aside or webhooks that do not come are told as warnings only: webhooks must still
 * come in, and work goes on.
 */
export function readinessChecks(deps: ReadinessDeps): ReadinessChecks {
  return {
    database: async () => {
      const trouble = deps.postgres.trouble();
      if (trouble !== null) return { ok: false, message: trouble };
      await deps.db.$client.query('SELECT 1');
      const warning = await deps.postgres.lowOnRoom();
      return warning === null ? { ok: true } : { ok: true, warning };
    },
    queue: async () =>
      (await deps.queue.isHealthy()) ? { ok: true } : { ok: false, message: 'the job queue does not answer' },
    zendesk: checkLogin(deps),
    policy: async () => {
      const { ok, problems, path } = deps.policyStore.status();
      return ok
        ? { ok: true }
        : {
            ok: true,
            warning: `the edited policy was refused, the last good one stays in force: ${problems.map((problem) => tellProblem(problem, path)).join('; ')}`,
          };
    },
    names: async () => {
      const unknown = deps.unknownNames();
      return unknown.length === 0 ? { ok: true } : { ok: true, warning: unknown.map(tellUnknownName).join('; ') };
    },
    records: async () => {
      const count = await countOddRecords(deps.db);
      return count === 0 ? { ok: true } : { ok: true, warning: tellOddRecords(count) };
    },
    messaging: async () => {
      const unheard = await countUnheardMessaging(deps.db);
      return unheard === 0 ? { ok: true } : { ok: true, warning: tellUnheard(unheard) };
    },
    mail: async () =>
      deps.mail ? { ok: true } : { ok: true, warning: 'SMTP_URL is not set: surveys wait until it is' },
    webhooks: deps.webhooks.check,
    writes: deps.writes,
    endpoints: async () => {
      const outages = await listOutages(deps.db, OUTAGE_SEEN_MS);
      return outages.length === 0 ? { ok: true } : { ok: true, warning: outages.map(tellOutage).join('; ') };
    },
    ...(deps.sidebar ? { sidebar: deps.sidebar.check } : {}),
    ...(deps.role === 'web'
      ? {}
      : { work: async () => deps.working()?.status() ?? { ok: false, message: 'starting' } }),
  };
}

function tellOutage({ endpoint, status, since }: EndpointOutage): string {
  const answer = status === null ? 'does not answer' : `answers ${status} to`;
  return `Zendesk ${answer} ${endpoint} since ${since.toISOString()}, whatever is asked: work that needs it waits, nothing is lost, and it goes on by itself when Zendesk answers again`;
}

function tellUnheard(count: number): string {
  const tickets = count === 1 ? '1 open messaging ticket has' : `${count} open messaging tickets have`;
  return `${tickets} no message that this service heard of: what customers wrote there does not count yet. Messages come only by the event messaging_ticket.message_added (\`npx deskwright webhook\` subscribes to it), and those from before do not come`;
}

function tellOddRecords(count: number): string {
  const records = count === 1 ? '1 record of Zendesk' : `${count} records of Zendesk`;
  return `${records} could not be taken in and ${count === 1 ? 'was' : 'were'} set aside; all others are. \`npx deskwright parked\` lists what and why`;
}

/** One proof at a time, however many ask. */
function checkLogin({ zendesk, clock = Date.now, patienceMs = PATIENCE_MS }: ReadinessDeps): () => Promise<Check> {
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
    const trouble = await Promise.race([proof, pause(patienceMs, 'Zendesk has not answered yet', { ref: false })]);
    if (trouble === null) return { ok: true };
    return loggedInAt === null ? { ok: false, message: trouble } : { ok: true, warning: trouble };
  };
}
