// The part of the service that watches what people change in Zendesk on the objects that are ours.
import { sql } from 'drizzle-orm';
import type { Feature } from '../platform/feature.ts';
import { defineJob, type Enqueue, job, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { AccountObjects } from '../zendesk/account-objects.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import { checkDrift } from './check-drift.ts';
import { PROVISION_TABLES, provisionApplies, provisionSteps } from './tables.ts';

export interface ProvisionDeps {
  config: { publicUrl: string };
  db: Database;
  zendesk: Pick<Zendesk, 'scarceMs'>;
  objects: AccountObjects;
  policy: { current: () => PolicyInForce };
  metrics: Metrics;
  enqueue: Enqueue;
  logger: Logger;
}

const checkDriftJob = defineJob({
  name: 'check-drift',
  payload: NOTHING,
  schedule: { everyMs: 10 * 60_000, payload: {} },
});

export function provisionFeature({
  config,
  db,
  zendesk,
  objects,
  policy,
  metrics,
  enqueue,
  logger,
}: ProvisionDeps): Feature {
  metrics.counted(
    'deskwright_drifted_objects',
    'Objects in Zendesk that somebody changed since the last apply, by kind.',
    {
      table: 'provisioned_objects',
      where: 'drift IS NOT NULL',
      labels: { kind: 'kind' },
    },
  );
  const check = () => enqueue(checkDriftJob, {});
  return {
    name: 'provision',
    jobs: [
      job(checkDriftJob, async () => {
        // Agents come first: it is looked at again in ten minutes.
        if (zendesk.scarceMs() > 0) return;
        const drifted = await checkDrift({
          db,
          objects,
          policy: () => policy.current().policy,
          publicUrl: config.publicUrl,
        });
        if (drifted.length > 0)
          logger.warn(
            { objects: drifted.map(({ key }) => key) },
            'Objects in Zendesk were changed since the last apply',
          );
      }),
    ],
    onWorkersStarted: check,
    onPolicyChange: check,
    tables: PROVISION_TABLES,
    retention: [
      (now, signal) =>
        deleteOldRows(
          db,
          {
            table: provisionApplies,
            at: provisionApplies.startedAt,
            where: sql`plan #>> '{purpose,kind}' = 'keep'`,
            children: provisionSteps.applyId,
          },
          daysBefore(now, policy.current().policy.retention.decisions),
          signal,
        ),
    ],
  };
}
