// Defines the tables of the outbox and its rate limits.
import { boolean, doublePrecision, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { DEAD_LETTERED, id, identity, time } from '../storage/tables.ts';

export const outbox = pgTable('outbox', {
  id: identity(),
  kind: text('kind').notNull(),
  /** Idempotency key: a second effect with the same key is ignored. */
  key: text('key').notNull(),
  ticketId: id('ticket_id'),
  /** Entries with the same key are performed together. Null in old entries that ended before this column existed. */
  coalesceKey: text('coalesce_key'),
  /** 0: an agent is waiting at the screen. 1: a customer is waiting. 2: not urgent. */
  priority: smallint('priority').$type<0 | 1 | 2>().notNull().default(2),
  payload: jsonb('payload').notNull(),
  state: text('state', { enum: ['waiting', 'in_flight', 'done', DEAD_LETTERED, 'cancelled', 'observed'] })
    .notNull()
    .default('waiting'),
  dueAt: time('due_at').notNull().defaultNow(),
  /** Failed attempts of the effect itself: outages, restarts and waiting for the budget do not count. */
  attempts: integer('attempts').notNull().default(0),
  /** All claims so far: identifies the latest one, and never decreases. */
  claims: integer('claims').notNull().default(0),
  /** Consecutive claims whose outcome was never recorded: the process died. */
  unfinished: integer('unfinished').notNull().default(0),
  /** True: attempted before, so it is performed alone and not in a bulk job. */
  alone: boolean('alone').notNull().default(false),
  claimedUntil: time('claimed_until'),
  zendeskJobId: text('zendesk_job_id'),
  lastError: text('last_error'),
  createdAt: time('created_at').notNull().defaultNow(),
  finishedAt: time('finished_at'),
});

export const activations = pgTable('activations', {
  id: identity(),
  mode: text('mode', { enum: ['observe', 'act'] }).notNull(),
  scope: text('scope', { enum: ['all', 'new_tickets', 'group'] })
    .notNull()
    .default('all'),
  groupId: id('group_id'),
  groupName: text('group_name'),
  who: text('who').notNull(),
  why: text('why'),
  at: time('at').notNull().defaultNow(),
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
  /** Since when all writes are paused and tried one at a time: Zendesk is unavailable, or refuses our login. Null: not paused. */
  stoppedSince: time('stopped_since'),
  stoppedBecause: text('stopped_because', { enum: ['unavailable', 'refused'] }),
  /** The account's limit of ticket updates per minute for all clients together, from its answers; null: unknown. */
  accountPerMinute: doublePrecision('account_per_minute'),
  accountSeenAt: time('account_seen_at'),
});
