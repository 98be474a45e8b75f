// What other features may do when a ticket changes, or when words are erased.
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

/** How many rows held something that was erased, by what they are (`comments`, `answers`). */
export type Erased = Readonly<Record<string, number>>;

/** Tickets whose words are erased. */
export interface TicketsErasure {
  readonly ids: readonly number[];
  readonly now: Date;
  /** The tickets themselves are no more: nothing is done for them any longer. */
  readonly gone: boolean;
}

/** Customers who are forgotten. */
export interface CustomersErasure {
  readonly ids: readonly number[];
  /** Lower case. */
  readonly addresses: readonly string[];
  readonly now: Date;
}

/**
 * What a feature that keeps customers' words, names or addresses does when they must go. All run in the transaction that erases the rest,
 * and what they throw undoes it.
 */
export interface ErasingHook {
  /** What it counts in `Erased`, by key, in words for operators: `{ answers: 'comments of survey answers' }`. */
  readonly counts?: Readonly<Record<string, string>>;
  /** Erases what it keeps of the tickets, and withdraws what it would still do for them. */
  readonly onEraseTickets?: (tx: Queryable, erasure: TicketsErasure) => Promise<Erased>;
  /** Numbers of the customers of whom it keeps something, by number or by address. */
  readonly customersAmong?: (
    tx: Queryable,
    whom: Pick<CustomersErasure, 'ids' | 'addresses'>,
  ) => Promise<readonly number[]>;
  /** Erases what it keeps of the customers on others' tickets. `ticketIds`: where it kept something, so that their logs are erased too. */
  readonly onEraseCustomers?: (
    tx: Queryable,
    erasure: CustomersErasure,
  ) => Promise<{ erased: Erased; ticketIds: readonly number[] }>;
  /** What it keeps of the customer `from` becomes that of `into`. Both are still in `people`. */
  readonly onMergeCustomers?: (tx: Queryable, merge: { from: number; into: number }) => Promise<void>;
}

/**
 * Extends tickets. `onChange` and `onGone` run in the ticket's transaction: what they write becomes durable with the change or not at all,
 * and what they throw undoes it.
 */
export interface TicketHook extends ErasingHook {
  readonly onChange?: (tx: Queryable, change: TicketChange) => Promise<void>;
  /** Zendesk does not show the ticket any more. */
  readonly onGone?: (tx: Queryable, ticketId: number) => Promise<void>;
  /** Called outside a transaction after a batch of events was processed. */
  readonly onBatchProcessed?: () => Promise<unknown>;
}
