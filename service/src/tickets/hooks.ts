// Declares the hooks of other features for changed tickets and erased data.
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../platform/storage/database.ts';
import type { TicketRow } from './projection/ticket-row.ts';

/** One observation of a ticket, as applied to the projection. */
export interface TicketChange {
  /** Null: the ticket was unknown. */
  readonly before: TicketRow | null;
  readonly after: TicketRow;
  /** Whether the observation is the first to show that the ticket was solved or reopened. */
  readonly solved: boolean;
  readonly reopened: boolean;
  /** An event type, or `import`, `repair`, `reread`, `trigger`. */
  readonly cause: string;
  /** The policy that decided the ticket. */
  readonly policy: Policy;
  readonly now: Date;
}

/** The number of rows with erased data, by kind (`comments`, `answers`). */
export type Erased = Readonly<Record<string, number>>;

/** Tickets whose text is erased. */
export interface TicketsErasure {
  readonly ids: readonly number[];
  readonly now: Date;
  /** Whether the tickets themselves were deleted, so that nothing is done for them any more. */
  readonly gone: boolean;
}

/** Customers whose data is erased. */
export interface CustomersErasure {
  readonly ids: readonly number[];
  /** Lower case. */
  readonly addresses: readonly string[];
  readonly now: Date;
}

/**
 * How a feature erases the customers' words, names or addresses that it stores. All run in the transaction that erases the rest,
 * and an error rolls it back.
 */
export interface ErasingHook {
  /** Describes its counts in `Erased`, by key, for operators: `{ answers: 'comments of survey answers' }`. */
  readonly counts?: Readonly<Record<string, string>>;
  /** Erases its data of the tickets, and cancels its pending work for them. */
  readonly onEraseTickets?: (tx: Queryable, erasure: TicketsErasure) => Promise<Erased>;
  /** The ids of customers of whom it stores data, found by id or address. */
  readonly customersAmong?: (
    tx: Queryable,
    whom: Pick<CustomersErasure, 'ids' | 'addresses'>,
  ) => Promise<readonly number[]>;
  /** Erases its data of the customers on other customers' tickets. `ticketIds`: the tickets affected, so that their logs are erased too. */
  readonly onEraseCustomers?: (
    tx: Queryable,
    erasure: CustomersErasure,
  ) => Promise<{ erased: Erased; ticketIds: readonly number[] }>;
  /** Moves its data of the customer `from` to `into`. Both are still in `people`. */
  readonly onMergeCustomers?: (tx: Queryable, merge: { from: number; into: number }) => Promise<void>;
}

/**
 * Hooks into ticket changes. `onChange` and `onGone` run in the ticket's transaction: their writes are committed with the change or not at all,
 * and an error rolls it back.
 */
export interface TicketHook extends ErasingHook {
  readonly onChange?: (tx: Queryable, change: TicketChange) => Promise<void>;
  /** The ticket no longer exists in Zendesk. */
  readonly onGone?: (tx: Queryable, ticketId: number) => Promise<void>;
  /** Called outside a transaction after a batch of events was processed. */
  readonly onBatchProcessed?: () => Promise<unknown>;
}
