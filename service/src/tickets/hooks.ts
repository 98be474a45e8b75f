// Declares the hooks of other features for changed tickets and erased data.
import type { Policy } from '@deskwright/shared';
import type { Database, Queryable } from '../platform/storage/database.ts';
import type { ExportPage } from '../zendesk/zendesk.ts';
import type { StatementBatch } from './process/statement-batch.ts';
import type { TicketRow } from './projection/ticket-row.ts';
import type { TicketEventChange } from './receive/ticket-event.ts';

/** One observation of a ticket, as applied to the projection. */
export interface TicketChange {
  /** Null: the ticket was unknown. */
  readonly before: TicketRow | null;
  readonly after: TicketRow;
  /**
   * Whether the observation is the first to show that the ticket was solved or reopened. Zendesk also opens it when a mail program answers by itself,
   * which is no reopening: it stays solved, with its `solvedAt`, until somebody takes it up.
   */
  readonly solved: boolean;
  readonly reopened: boolean;
  /** An earlier observation was taken for a reopening, and proves to be such an automatic answer. */
  readonly solveStands: boolean;
  /** An event type, or `import`, `repair`, `reread`, `trigger`. */
  readonly cause: string;
  /** The policy that decided the ticket. */
  readonly policy: Policy;
  readonly now: Date;
}

/** Who did it. `us`: our own login; `zendesk`: its triggers, automations and system user. */
export interface TicketActor {
  readonly kind: 'customer' | 'agent' | 'us' | 'zendesk';
  readonly id: number | null;
}

export type TicketValues = Pick<TicketRow, 'status' | 'priority' | 'groupId' | 'assigneeId'>;

/** A comment that is stored for the first time, was made private since, or proves to be a mail program's, without its words. */
export interface NewComment {
  /** Negative: the first message of the ticket, whatever its id. */
  readonly id: number;
  readonly author: TicketActor;
  readonly public: boolean;
  /** A mail program sent it in somebody's name. */
  readonly isAutomatic: boolean;
  /** Null: unknown. */
  readonly channel: string | null;
  readonly at: Date;
}

/** What was learnt of a ticket: from an observation, or from the answer to a write of ours. */
export interface TicketNews {
  readonly ticketId: number;
  readonly source: 'event' | 'read' | 'deskwright';
  /** The time that it shows, in Zendesk's time. */
  readonly at: Date;
  /** Orders what has the same `at`: the position among the events of one action. */
  readonly position: number;
  /** Null: unknown. */
  readonly actor: TicketActor | null;
  /** What the event says has changed; null: it is no event. Its time is right even if `isStale`. */
  readonly change: TicketEventChange | { readonly kind: 'priority_changed' } | null;
  /** The ticket as known until then; null: it was unknown. */
  readonly before: (TicketValues & Pick<TicketRow, 'gone' | 'category' | 'tier' | 'snapshotAt'>) | null;
  /** The ticket as shown. */
  readonly shown: TicketValues;
  /** The ticket is known as it was later: it stays as in `before`. */
  readonly isStale: boolean;
  /** After it. */
  readonly gone: TicketRow['gone'];
  /** The category and tier that somebody else set by tags; null: nobody did. */
  readonly retagged: Placement | null;
  readonly comments: readonly NewComment[];
  /** Of a ticket that was unknown. */
  readonly created: CreatedTicket | null;
  /** A solve between `before` and `shown`, which nothing else reported. */
  readonly missedSolve: Date | null;
}

interface CreatedTicket {
  readonly at: Date;
  readonly channel: string | null;
  readonly requesterId: number | null;
  readonly by: TicketActor | null;
}

interface Placement {
  readonly category: string | null;
  readonly tier: string | null;
}

/** A category and tier that the policy decided, other than before. */
export interface DecidedPlacement {
  readonly ticketId: number;
  readonly at: Date;
  readonly before: Placement;
  readonly after: Placement;
  /** The trigger that decided the category; null: none did. */
  readonly rule: string | null;
  readonly policyHash: string | null;
}

/** What one transaction learnt and decided about one ticket. */
export interface TicketRecord {
  readonly news: readonly TicketNews[];
  readonly decided: DecidedPlacement | null;
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
  /** Kinds of effects that are performed although their ticket is erased. Their payload holds nothing but ids. */
  readonly keepsEffects?: readonly string[];
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
  /** Once for all observations of the transaction, also stale ones, and for the answers to our own writes. Query by `batch`: tickets share the statements. */
  readonly onRecord?: (batch: Pick<StatementBatch, 'query'>, record: TicketRecord) => Promise<unknown>;
  /** The ticket no longer exists in Zendesk. */
  readonly onGone?: (tx: Queryable, ticketId: number) => Promise<void>;
  /** Each page of the export, after its tickets were taken in and before the position is saved: after a crash a page comes twice. */
  readonly onExportPage?: (db: Database, page: ExportPage, read: { readonly isFirstImport: boolean }) => Promise<void>;
  /** Called outside a transaction after a batch of events was processed. */
  readonly onBatchProcessed?: () => Promise<unknown>;
}
