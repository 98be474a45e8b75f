// Defines the tables of refunds: the ledger, and whose money it is.
import { bigint, boolean, date, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { DisputeState, MatchedBy, Payment, RefusedBecause } from '../payments/payment-provider.ts';
import type { Tables } from '../platform/feature.ts';
import { id, identity, time } from '../platform/storage/tables.ts';
import { ENTRY_KINDS } from './ledger/entry.ts';

/** Refunds that agents recorded, with what they wrote about them. The money itself is in the ledger. */
export const refunds = pgTable('refunds', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  /** In the currency's smallest unit. */
  amountMinor: id('amount_minor').notNull(),
  currency: text('currency').notNull(),
  state: text('state', { enum: ['granted', 'cancelled'] }).notNull(),
  grantedAt: time('granted_at').notNull(),
  /** Created by the page per form: the same form sent twice records once. */
  requestId: text('request_id'),
  /** In the agent's words. Null: deleted since, as it may quote the customer. */
  reason: text('reason'),
  /** An id of the policy's `refunds.reason_codes`. Null: none was chosen. */
  reasonCode: text('reason_code'),
  undoneAt: time('undone_at'),
  undoneBy: id('undone_by'),
});

/** Requests for more than a limit. They reserve nothing: granting one does, in the ledger. */
export const refundApprovals = pgTable('refund_approvals', {
  id: identity(),
  /** Of the form: the same one asks once. The refund that is granted has it too. */
  requestId: text('request_id').notNull(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  amountMinor: id('amount_minor').notNull(),
  currency: text('currency').notNull(),
  /** As in the ledger; null: the agent entered none. */
  payment: text('payment'),
  paidMinor: id('paid_minor'),
  /** Of a payment entered by hand. */
  paidOn: date('paid_on', { mode: 'string' }),
  /** In the agent's words. Null: deleted since, as it may quote the customer. */
  reason: text('reason'),
  /** As of `refunds`. */
  reasonCode: text('reason_code'),
  /** The rule of the policy that it is above. */
  rule: text('rule').notNull(),
  state: text('state', { enum: ['open', 'approved', 'declined', 'expired', 'withdrawn'] })
    .notNull()
    .default('open'),
  askedAt: time('asked_at').notNull(),
  expiresAt: time('expires_at').notNull(),
  escalatesAt: time('escalates_at'),
  escalatedAt: time('escalated_at'),
  answeredAt: time('answered_at'),
  answeredBy: id('answered_by'),
  grantedMinor: id('granted_minor'),
  /** In the approver's words. */
  answer: text('answer'),
});

/** Append-only: the database refuses every change. Written by `openLedger` alone. */
export const ledgerEntries = pgTable('ledger_entries', {
  seq: id('seq').primaryKey(),
  kind: text('kind', { enum: ENTRY_KINDS }).notNull(),
  amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
  currency: text('currency').notNull(),
  payment: text('payment').notNull(),
  requestId: text('request_id'),
  ticketId: id('ticket_id'),
  agentId: id('agent_id'),
  customer: text('customer'),
  day: date('day', { mode: 'string' }).notNull(),
  rule: text('rule'),
  policyHash: text('policy_hash'),
  approvedBy: id('approved_by'),
  providerRef: text('provider_ref'),
  at: timestamp('at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
});

export const ledgerCustomers = pgTable('ledger_customers', {
  /** Random. */
  customer: text('customer').primaryKey(),
  requesterId: id('requester_id').notNull(),
});

/** Customers whose ticket it was before. */
export const formerRequesters = pgTable(
  'former_requesters',
  {
    ticketId: id('ticket_id').notNull(),
    requesterId: id('requester_id').notNull(),
    at: time('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.requesterId] })],
);

/** Who stopped all refunds, and who let them go on. The last row says what is so. */
export const refundStops = pgTable('refund_stops', {
  id: identity(),
  action: text('action', { enum: ['stop', 'resume'] }).notNull(),
  who: text('who').notNull(),
  why: text('why').notNull(),
  at: time('at').notNull(),
});

/** As the provider showed them last. Only these can be refunded from the ticket. */
export const foundPayments = pgTable(
  'found_payments',
  {
    ticketId: id('ticket_id').notNull(),
    /** For whom it was found. Null: by the former version. */
    requesterId: id('requester_id'),
    /** As in the ledger: `stripe:ch_1`. */
    payment: text('payment').notNull(),
    amountMinor: id('amount_minor').notNull(),
    refundedMinor: id('refunded_minor').notNull(),
    currency: text('currency').notNull(),
    paidAt: time('paid_at').notNull(),
    instrument: jsonb('instrument').$type<Payment['instrument']>().notNull(),
    matchedBy: text('matched_by').$type<MatchedBy>().notNull(),
    /** Open or lost. */
    isDisputed: boolean('is_disputed').notNull(),
    /** Read it by `disputeStateOf`: the former version changes only `isDisputed`. */
    disputeState: text('dispute_state').$type<DisputeState>(),
    /** Of a dispute that is open or was lost. Null: there is none, or it was read by the former version. */
    disputeId: text('dispute_id'),
    /** In the provider's words. */
    disputeReason: text('dispute_reason'),
    evidenceDueBy: time('evidence_due_by'),
    readAt: time('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.payment] })],
);

/** Refunds that the service makes at the provider, and how far each is. The money is in the ledger, under the same request. */
export const paymentRefunds = pgTable('payment_refunds', {
  requestId: text('request_id').primaryKey(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  approvedBy: id('approved_by'),
  payment: text('payment').notNull(),
  amountMinor: id('amount_minor').notNull(),
  currency: text('currency').notNull(),
  instrument: jsonb('instrument').$type<Payment['instrument']>().notNull(),
  /** `verified_email`: by the address of a customer who was verified. */
  matchedBy: text('matched_by').$type<MatchedBy | 'verified_email' | 'verified_customer_id'>().notNull(),
  /** As of `refunds`. */
  reasonCode: text('reason_code'),
  /** In the agent's words. Null: there are none, or they were deleted since, as they may quote the customer. */
  reason: text('reason'),
  state: text('state', { enum: ['started', 'pending', 'succeeded', 'refused', 'failed'] }).notNull(),
  /** The provider's id of the refund. */
  providerRef: text('provider_ref'),
  refusedBecause: text('refused_because').$type<RefundRefusal>(),
  startedAt: time('started_at').notNull(),
  /** When the provider was asked last: from then on it may have been made. */
  sentAt: time('sent_at'),
  endedAt: time('ended_at'),
});

/** Payments of which the provider said that something changed, until they are compared with the books. */
export const paymentsToCheck = pgTable('payments_to_check', {
  payment: text('payment').primaryKey(),
  askedAt: time('asked_at').notNull(),
});

/** What differs between the books and the provider. Amounts in minor units. */
export type RefundDifference =
  | {
      readonly payment: string;
      /** The provider's id of the refund. */
      readonly refund: string;
      readonly what: 'not_in_books' | 'not_at_provider' | 'other_amount' | 'made_although_given_back';
      readonly amountMinor: number;
      readonly currency: string;
    }
  /** The provider did not answer about it, or not readably. */
  | { readonly payment: string; readonly what: 'not_compared' };

export const refundReconciliations = pgTable('refund_reconciliations', {
  id: identity(),
  at: time('at').notNull(),
  since: time('since').notNull(),
  payments: integer('payments').notNull(),
  differences: jsonb('differences').$type<readonly RefundDifference[]>().notNull(),
});

/** `stopped`: an operator stopped all refunds before it was sent. `no_access`: the key may not do it. `not_sent`: nothing was left that would make it. `dispute_lost`: the bank has paid the customer. */
export type RefundRefusal = RefusedBecause | 'stopped' | 'no_access' | 'not_sent' | 'dispute_lost';

export const REFUND_TABLES: Tables = {
  refunds: { staysBecause: 'a record of money' },
  ledger_entries: { staysBecause: 'the books of money; they name no customer' },
  payment_refunds: { staysBecause: 'a record of money' },
  found_payments: { keptFor: 'actions' },
  former_requesters: { keptFor: 'actions' },
  payments_to_check: { staysBecause: 'goes once it was compared' },
  refund_reconciliations: { staysBecause: 'a row a day, for auditors' },
  refund_approvals: { staysBecause: 'says who allowed which refund, for auditors' },
  refund_stops: { staysBecause: 'a few rows, for auditors' },
  ledger_customers: { staysBecause: 'goes with the customer, when they are to be forgotten' },
};
