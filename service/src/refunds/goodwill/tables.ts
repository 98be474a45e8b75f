// Defines the table of goodwill: what agents gave to customers, and took back.
import { date, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Tables } from '../../platform/feature.ts';
import { id, identity } from '../../platform/storage/tables.ts';

/** Append-only: the database refuses every change, and more than the budget that an entry names. */
export const goodwillEntries = pgTable('goodwill_entries', {
  id: identity(),
  kind: text('kind', { enum: ['given', 'taken_back'] }).notNull(),
  requestId: text('request_id').notNull(),
  /** An id of the policy's catalogue. */
  item: text('item').notNull(),
  itemKind: text('item_kind', { enum: ['credit', 'discount', 'free_account'] }).notNull(),
  valueMinor: id('value_minor').notNull(),
  currency: text('currency').notNull(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  /** A random name, as in the ledger of refunds. */
  customer: text('customer'),
  /** Local. */
  day: date('day', { mode: 'string' }).notNull(),
  /** What the policy allowed: the day's budget in minor units, and how many in the month. */
  budgetMinor: id('budget_minor'),
  perMonth: integer('per_month'),
  rule: text('rule').notNull(),
  policyHash: text('policy_hash').notNull(),
  at: timestamp('at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  // The database itself chains the entries, whatever is given for these.
  seq: id('seq').notNull().default(0),
  previousHash: text('previous_hash').notNull().default(''),
  hash: text('hash').notNull().default(''),
});

export type GoodwillEntry = typeof goodwillEntries.$inferSelect;

export const GOODWILL_TABLES: Tables = {
  goodwill_entries: { staysBecause: 'a record of money; it names no customer' },
};
