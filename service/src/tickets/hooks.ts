// What other features may do when a ticket changes.
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../platform/storage/database.ts';
import type { TicketRow } from './projection/ticket-row.ts';

/** One observation of a ticket, as it was taken into the projection. */
export interface TicketChange {
  /** Null: the ticket was not known. */
  readonly before: TicketRow | null;
  readonly after: TicketRow;
  /** The observation solved the ticket, or opened it again, for the first time. */
  readonly solved: boolean;
  readonly reopened: boolean;
  /** An event type, or `import`, `repair`, `reread`, `trigger`. */
  readonly cause: string;
  /** The policy that the ticket was decided by. */
  readonly policy: Policy;
  readonly now: Date;
}

/**
 * Extends tickets. `onChange` and `onGone` run in the ticket's transaction: what they write becomes durable with the change or not at all,
 * and what they throw undoes it.
 */
export interface TicketHook {
  readonly onChange?: (tx: Queryable, change: TicketChange) => Promise<void>;
  /** Zendesk does not show the ticket any more. */
  readonly onGone?: (tx: Queryable, ticketId: number) => Promise<void>;
  /** Called outside a transaction after a batch of events was processed. */
  readonly onBatchProcessed?: () => Promise<unknown>;
}
