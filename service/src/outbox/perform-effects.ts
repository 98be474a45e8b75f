// How does the outbox get emptied?
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { EffectHandlers } from './effect-handler.ts';
import type { OutboxLimits } from './limits.ts';

export interface PerformDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'updateTicket' | 'updateTickets' | 'showJob' | 'listAuditMetadata'>;
  /** Reads the ticket anew and decides it again (the pipeline's): what a 409 calls for. */
  reread: (ticketId: number) => Promise<void>;
  handlers: EffectHandlers;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
  logger: Logger;
  /** From 0 to 1, for jitter. Default `Math.random`. */
  random?: () => number;
  /** Ends the work between two calls when the process is asked to stop. */
  signal?: AbortSignal;
  limits?: Partial<OutboxLimits>;
}

export interface PerformSummary {
  done: number;
  cancelled: number;
  parked: number;
  /** Waiting again: conflicts, busy or unavailable Zendesk. */
  postponed: number;
  /** Ticket writes spent (a bulk job is one). */
  writes: number;
  /** Milliseconds until there may be something to do again; null: nothing waits. */
  againInMs: number | null;
}

/**
 * Carries out what is due, within the write budget, until nothing is or `limits.workMs` has passed. Any number of processes may
 * run it at once. Throws only what the database throws.
 */
export async function performEffects(_deps: PerformDeps): Promise<PerformSummary> {
  throw new Error('Not built yet.');
}
