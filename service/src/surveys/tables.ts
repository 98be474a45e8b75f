// Defines the tables of surveys: whom we asked, what they answered, who wants no more.
import { ALL_SURVEYS } from '@deskwright/shared';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, id, identity, time } from '../platform/storage/tables.ts';

export const invitations = pgTable('invitations', {
  id: identity(),
  /** What the invitation is about; how it is delivered is the same for all. */
  cause: text('cause', { enum: ['solve', 'campaign', 'request'] })
    .notNull()
    .default('solve'),
  /** Null: a campaign's, which is about no ticket. */
  ticketId: id('ticket_id'),
  /** Null: it is not about a solve. */
  solvedAt: time('solved_at'),
  survey: text('survey', { enum: [...ALL_SURVEYS] }).notNull(),
  /** Null with `ticketId`. */
  category: text('category'),
  /** The Zendesk user who is asked; of a pulse, an agent. */
  requesterId: id('requester_id').notNull(),
  agentId: id('agent_id'),
  state: text('state', { enum: ['scheduled', 'sending', 'sent', 'answered', 'cancelled', 'parked'] })
    .notNull()
    .default('scheduled'),
  /** Why it was not sent: one of `NotSentReason`. */
  reason: text('reason'),
  /** The mail server's own words, for an operator. */
  detail: text('detail'),
  dueAt: time('due_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  /** While in the future, one process works on it. */
  claimedUntil: time('claimed_until'),
  tokenHash: bytea('token_hash'),
  /** The address written to, lower case: what an unsubscribe means. */
  recipient: text('recipient'),
  locale: text('locale'),
  /** When handing over to the mail server began; with `state` it is the contact ledger. */
  sentAt: time('sent_at'),
  expiresAt: time('expires_at'),
  createdAt: time('created_at').notNull().defaultNow(),
});

export const responses = pgTable('responses', {
  invitationId: id('invitation_id').primaryKey(),
  score: integer('score').notNull(),
  comment: text('comment').notNull().default(''),
  revision: integer('revision').notNull().default(1),
  answeredAt: time('answered_at').notNull(),
  changedAt: time('changed_at').notNull(),
});

export const unsubscribed = pgTable('unsubscribed', {
  email: text('email').primaryKey(),
  since: time('since').notNull().defaultNow(),
});
