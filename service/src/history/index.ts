// The feature that keeps what happened to each ticket, and the figures computed from it.
import type { Feature } from '../platform/feature.ts';
import { defineJob, job, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { TicketHook } from '../tickets/index.ts';
import { makePartitions } from './partitions.ts';
import { historyTicketHook } from './record/history-ticket-hook.ts';
import { recordPolicyVersion } from './record/policy-versions.ts';
import { createHistoryRetention } from './retention.ts';
import { HISTORY_TABLES } from './tables.ts';

export {
  addAnnotation,
  listAnnotations,
  type NewAnnotation,
  removeAnnotation,
  type StoredAnnotation,
} from './annotations.ts';
export type { Bucket, FigureFilters, FigureQuery, Period } from './read/figure-query.ts';
export { readBreakdown } from './read/read-breakdown.ts';
export { readFigures } from './read/read-figures.ts';
export { readMarks } from './read/read-marks.ts';
export { type RuleHits, readRuleHits } from './read/read-rule-hits.ts';
export { readFlow, readSeries } from './read/read-series.ts';
export { readTopics } from './read/read-topics.ts';
export { readWaiting, type Waiting } from './read/read-waiting.ts';
export { type NewHistoryEntry, placementEntries, recordHistory } from './record/record-history.ts';

export interface HistoryDeps {
  db: Database;
  policy: { current: () => PolicyInForce };
  /** Epoch milliseconds. */
  clock: () => number;
}

const makePartitionsJob = defineJob({
  name: 'make-history-partitions',
  payload: NOTHING,
  schedule: { everyMs: 6 * 3_600_000, payload: {} },
});

export function historyFeature({ db, policy, clock }: HistoryDeps): Feature & { ticketHooks: TicketHook[] } {
  const notePolicy = () => recordPolicyVersion(db, policy.current().hash, new Date(clock()));
  const makeMonths = () => makePartitions(db, new Date(clock()));
  const prune = createHistoryRetention(db);
  return {
    name: 'history',
    jobs: [job(makePartitionsJob, makeMonths)],
    onWorkersStarted: async () => {
      await makeMonths();
      await notePolicy();
    },
    onPolicyChange: notePolicy,
    ticketHooks: [historyTicketHook({ clock })],
    tables: HISTORY_TABLES,
    retention: [(now, signal) => prune(daysBefore(now, policy.current().policy.retention.history), signal)],
  };
}
