// Defines the outbox, and the budgets by which its entries are performed.
import { boolean, doublePrecision, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../storage/columns.ts';

export const outbox = pgTable('outbox', {
  id: identity(),
  kind: text('kind').notNull(),
  /** Idempotency key: a second effect with the same key is the same effect. */
  key: text('key').notNull(),
  ticketId: id('ticket_id'),
  /** Entries with the same key are performed together. Null in entries that ended before there were such keys. */
  coalesceKey: text('coalesce_key'),
  /** 0: an agent waits before the screen. 1: a customer waits. 2: it has time. */
  priority: smallint('priority').$type<0 | 1 | 2>().notNull().default(2),
  payload: jsonb('payload').notNull(),
  state: text('state', { enum: ['waiting', 'in_flight', 'done', 'parked', 'cancelled'] })
    .notNull()
    .default('waiting'),
  dueAt: time('due_at').notNull().defaultNow(),
  /** Failed tries that were the effect's own: no outage, restart or wait for the budget. */
  attempts: integer('attempts').notNull().default(0),
  /** Claims ever begun: names the latest one, and never goes back. */
  claims: integer('claims').notNull().default(0),
  /** Claims in a row whose end nobody wrote down: the process died. */
  unfinished: integer('unfinished').notNull().default(0),
  /** True: tried before, so that it goes by itself and not in a bulk job. */
  alone: boolean('alone').notNull().default(false),
  claimedUntil: time('claimed_until'),
  zendeskJobId: text('zendesk_job_id'),
  lastError: text('last_error'),
  createdAt: time('created_at').notNull().defaultNow(),
  finishedAt: time('finished_at'),
});

/**
 * Read and written by the SQL of `rate.ts`.
 * @public
 */
export const writeBudget = pgTable('write_budget', {
  name: text('name').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  refilledAt: time('refilled_at').notNull(),
  blockedUntil: time('blocked_until'),
  /** Writes are stopped for all since then, and tried one at a time: Zendesk is away, or refuses our login. Null: they go. */
  stoppedSince: time('stopped_since'),
  stoppedBecause: text('stopped_because', { enum: ['unavailable', 'refused'] }),
  /** Ticket updates a minute that the account takes from everybody together, as its answers tell; null: not seen yet. */
  accountPerMinute: doublePrecision('account_per_minute'),
  accountSeenAt: time('account_seen_at'),
});
