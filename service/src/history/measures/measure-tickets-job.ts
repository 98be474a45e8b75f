// Declares the job that keeps figures up to date, and what operators see of it.
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Metrics } from '../../platform/metrics/create-metrics.ts';

/** Enqueued after each batch of events, and by the sweep. */
export const measureTicketsJob = defineJob({ name: 'measure-tickets', payload: NOTHING });

export function countUnmeasured(metrics: Metrics): void {
  metrics.stored(
    'deskwright_measures_due',
    'History rows whose tickets are not measured yet.',
    'SELECT count(*) AS n FROM measures_due',
  );
  metrics.stored(
    'deskwright_unmeasured_tickets',
    'Tickets whose history cannot be measured; `deskwright figures status` lists them.',
    'SELECT count(*) AS n FROM unmeasured_tickets',
  );
}
