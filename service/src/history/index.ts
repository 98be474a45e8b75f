// The feature that keeps what happened to each ticket, and the figures computed from it.
import type { Feature } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import type { TicketHook } from '../tickets/index.ts';
import { HISTORY_TABLES } from './tables.ts';

export interface HistoryDeps {
  db: Database;
}

export function historyFeature(_deps: HistoryDeps): Feature & { ticketHooks: TicketHook[] } {
  return { name: 'history', ticketHooks: [], tables: HISTORY_TABLES };
}
