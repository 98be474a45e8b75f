// The feature that keeps what happened to each ticket, and the figures computed from it.
import type { Feature } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { TicketHook } from '../tickets/index.ts';
import { historyTicketHook } from './record/history-ticket-hook.ts';
import { recordPolicyVersion } from './record/policy-versions.ts';
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

export function historyFeature({ db, policy, clock }: HistoryDeps): Feature & { ticketHooks: TicketHook[] } {
  const notePolicy = () => recordPolicyVersion(db, policy.current().hash, new Date(clock()));
  return {
    name: 'history',
    onWorkersStarted: notePolicy,
    onPolicyChange: notePolicy,
    ticketHooks: [historyTicketHook({ clock })],
    tables: HISTORY_TABLES,
  };
}
