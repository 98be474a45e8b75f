// Which parts must be there for the service to be ready?

import { describeProblem } from '@deskwright/shared';
import type { ReadinessChecks } from './http/health.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { PolicyStore } from './policy/policy-store.ts';
import type { Role } from './role.ts';
import type { Database } from './storage/database.ts';
import type { Working } from './working.ts';
import type { Zendesk } from './zendesk/zendesk.ts';

export interface ReadinessDeps {
  db: Database;
  queue: Pick<JobQueue, 'isHealthy'>;
  zendesk: Pick<Zendesk, 'me'>;
  policyStore: Pick<PolicyStore, 'status'>;
  /** SMTP_URL. */
  mail: string | null;
  working: () => Working | null;
  role: Role;
}

/** A login that worked is not proven again for so long: each proof is a call of Zendesk. */
const LOGIN_HOLDS_MS = 60_000;

/**
 * Not ready: the database or the queue is away, or Zendesk has never let us in. A refused policy edit or a passing outage of Zendesk
 * is told as a warning only: webhooks must still come in, and work goes on with the last good policy.
 */
export function readinessChecks(deps: ReadinessDeps): ReadinessChecks {
  let loggedInAt: number | null = null;
  return {
    database: async () => {
      await deps.db.$client.query('SELECT 1');
      return { ok: true };
    },
    queue: async () =>
      (await deps.queue.isHealthy()) ? { ok: true } : { ok: false, message: 'the job queue does not answer' },
    zendesk: async () => {
      if (loggedInAt !== null && Date.now() - loggedInAt < LOGIN_HOLDS_MS) return { ok: true };
      try {
        const me = await deps.zendesk.me();
        if (me.id === null)
          return { ok: false, message: 'Zendesk does not know our login (it answered "Anonymous user")' };
        loggedInAt = Date.now();
        return { ok: true };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return loggedInAt === null ? { ok: false, message } : { ok: true, warning: message };
      }
    },
    policy: async () => {
      const { ok, problems } = deps.policyStore.status();
      return ok
        ? { ok: true }
        : {
            ok: true,
            warning: `the edited file was refused, the last good policy stays in force: ${problems.map(describeProblem).join('; ')}`,
          };
    },
    mail: async () =>
      deps.mail ? { ok: true } : { ok: true, warning: 'SMTP_URL is not set: surveys wait until it is' },
    ...(deps.role === 'web'
      ? {}
      : { work: async () => deps.working()?.status() ?? { ok: false, message: 'starting' } }),
  };
}
