// The feature that keeps what happened to each ticket, and the figures computed from it.
import type { Feature } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import type { TicketHook } from '../tickets/index.ts';
import { HISTORY_TABLES } from './tables.ts';

export type { Bucket, FigureFilters, FigureQuery, Period } from './read/figure-query.ts';
export { readFigures } from './read/read-figures.ts';
export { readFlow, readSeries } from './read/read-series.ts';
export { readTopics } from './read/read-topics.ts';
export { readWaiting, type Waiting } from './read/read-waiting.ts';

export interface HistoryDeps {
  db: Database;
}

export function historyFeature(_deps: HistoryDeps): Feature & { ticketHooks: TicketHook[] } {
  return { name: 'history', ticketHooks: [], tables: HISTORY_TABLES };
}
