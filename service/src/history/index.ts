// The feature that keeps what happened to each ticket, and the figures computed from it.
import type { Directory } from '../directory/directory.ts';
import type { Feature } from '../platform/feature.ts';
import { defineJob, type Enqueue, job, NOTHING } from '../platform/jobs/job-queue.ts';
import { joinCalls } from '../platform/jobs/join-calls.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyInForce, PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { TicketHook } from '../tickets/index.ts';
import { figuresIn, storeFigures, updateFigures } from './backfill/store-figures.ts';
import { historyErasing } from './erasing.ts';
import { noteBackfilled, noteBegin, noteImport } from './measures/known-since.ts';
import { countUnmeasured, createMeasurer, measureTicketsJob } from './measures/measure-due-tickets.ts';
import { makePartitions } from './partitions.ts';
import { historyTicketHook, recordPolicyVersion } from './record/record-history.ts';
import { seedHistory } from './record/seed-history.ts';
import { createHistoryRetention } from './retention.ts';
import { readNewSkips, readSkipsJob, type SkipReaderDeps } from './skips/read-skips.ts';
import { eraseOldReasons } from './skips/store-skips.ts';
import { HISTORY_TABLES } from './tables.ts';

export {
  addAnnotation,
  listAnnotations,
  removeAnnotation,
  type StoredAnnotation,
} from './annotations.ts';
export { type BackfillProgress, type BackfillResult, backfill } from './backfill/backfill.ts';
export { type FiguresStatus, isMeasuringBehind, readFiguresStatus } from './measures/figures-state.ts';
export { isPartialSince, readKnownSince } from './measures/known-since.ts';
export { requestRebuild } from './measures/rebuild-figures.ts';
export { readSolveFacts } from './measures/recorded-tickets.ts';
export type { FigureFilters, FigureQuery } from './read/figure-query.ts';
export { readBacklog, readForecast } from './read/read-backlog.ts';
export { readFigureTickets } from './read/read-figure-tickets.ts';
export { readBreakdown, readFigures } from './read/read-figures.ts';
export { type HandOffs, readHandOffs } from './read/read-hand-offs.ts';
export { type Mark, readMarks } from './read/read-marks.ts';
export { readRuleHits } from './read/read-rule-hits.ts';
export { readFlow, readSeries } from './read/read-series.ts';
export { readShadow, type ShadowMove, type ShadowTrigger } from './read/read-shadow.ts';
export { readChannels, readTopics } from './read/read-topics.ts';
export { hasWaited, readWaiting } from './read/read-waiting.ts';
export { type NewHistoryEntry, placementEntries, recordHistory } from './record/record-history.ts';
export { countSkips, listSkips } from './skips/list-skips.ts';
export { measureTicketsJob };

export interface HistoryDeps {
  db: Database;
  policy: { current: () => PolicyInForce & PolicyWithGuidance };
  directory: { current: () => Pick<Directory, 'groupId'> | null };
  zendesk: SkipReaderDeps['zendesk'];
  metrics: Metrics;
  enqueue: Enqueue;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  signal: AbortSignal;
}

const makePartitionsJob = defineJob({
  name: 'make-history-partitions',
  payload: NOTHING,
  schedule: { everyMs: 6 * 3_600_000, payload: {} },
});

historyFeature.erasing = historyErasing;

/** After a change, figures follow within this time. Milliseconds. */
const MEASURE_EVERY_MS = 100;

export function historyFeature(deps: HistoryDeps): Feature & { ticketHooks: TicketHook[] } {
  const { db, policy, clock, enqueue, signal } = deps;
  const notePolicy = () => recordPolicyVersion(db, policy.current().hash, new Date(clock()));
  const measure = createMeasurer({ ...deps, groupIdOf: () => deps.directory.current()?.groupId ?? null });
  const measureSoon = joinCalls(() => enqueue(measureTicketsJob, {}), MEASURE_EVERY_MS, signal);
  const makeMonths = () => makePartitions(db, new Date(clock()));
  const prune = createHistoryRetention(db);
  countUnmeasured(deps.metrics);
  return {
    name: 'history',
    jobs: [
      job(makePartitionsJob, makeMonths),
      job(readSkipsJob, () => readNewSkips(deps)),
      job(measureTicketsJob, async () => {
        if (await measure()) await enqueue(measureTicketsJob, {});
      }),
    ],
    sweep: (queue) => queue.enqueue(measureTicketsJob, {}),
    onWorkersStarted: async () => {
      await makeMonths();
      await notePolicy();
      await noteBegin(db, new Date(clock()));
      await seedHistory(db, signal);
    },
    onPolicyChange: () => Promise.all([notePolicy(), measureSoon()]),
    ticketHooks: [
      {
        ...historyTicketHook({ clock }),
        onBatchProcessed: measureSoon,
        onExportPage: async (db, page, { isFirstImport }) => {
          const readAt = new Date(clock());
          const since = daysBefore(readAt, policy.current().policy.retention.history);
          if (isFirstImport) {
            await noteBegin(db, readAt);
            await noteBackfilled(db, since, null);
            await noteImport(db, 'reading');
            await storeFigures(db, figuresIn(page, { since, until: null }, readAt));
            if (page.endOfStream || page.cursor === null) await noteImport(db, 'measuring');
          } else await updateFigures(db, page, readAt);
          await measureSoon();
        },
      },
    ],
    tables: HISTORY_TABLES,
    retention: [
      (now, signal) => prune(daysBefore(now, policy.current().policy.retention.history), signal),
      (now) => eraseOldReasons(db, daysBefore(now, policy.current().policy.retention.words)),
    ],
  };
}
