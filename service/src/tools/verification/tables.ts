// Defines the tables of how customers proved who they are.
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../../platform/feature.ts';
import { bytea, id, identity, time } from '../../platform/storage/tables.ts';

/** Codes that were mailed, and questions that were asked. */
export const verificationChallenges = pgTable('verification_challenges', {
  id: identity(),
  /** Created by the page per form: the same form sent twice sends one code. */
  requestId: text('request_id').notNull(),
  ticketId: id('ticket_id').notNull(),
  requesterId: id('requester_id').notNull(),
  agentId: id('agent_id').notNull(),
  method: text('method', { enum: ['code', 'questions'] }).notNull(),
  /** Of a code: `asked`: it is being mailed. `failed`: no mail went out. `ended`: used, replaced or locked. */
  state: text('state', { enum: ['asked', 'sent', 'failed', 'ended'] }).notNull(),
  salt: bytea('salt'),
  /** Of the code. Null: not sent yet, or ended. */
  hash: bytea('hash'),
  /** How often the customer was wrong. */
  wrong: integer('wrong').notNull().default(0),
  askedAt: time('asked_at').notNull(),
  /** Null: not sent yet. */
  expiresAt: time('expires_at'),
});

/** What came of them: `verified` until `expiresAt`, or `locked` until then. */
export const verifications = pgTable('verifications', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  requesterId: id('requester_id').notNull(),
  agentId: id('agent_id').notNull(),
  method: text('method', { enum: ['code', 'questions'] }).notNull(),
  outcome: text('outcome', { enum: ['verified', 'locked'] }).notNull(),
  at: time('at').notNull(),
  expiresAt: time('expires_at').notNull(),
});

export const VERIFICATION_TABLES: Tables = {
  verification_challenges: { keptFor: 'actions' },
  verifications: { keptFor: 'actions' },
};
