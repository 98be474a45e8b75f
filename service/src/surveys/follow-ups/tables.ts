// Defines the tables of follow-ups: what is done about a customer's bad answers.
import { ALL_SURVEYS } from '@deskwright/shared';
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../../platform/storage/tables.ts';

/**
 * `open`: nobody has reached the customer yet. `contacted`: somebody has, and it goes on. `closed`: its outcome ended it. `expired`: it ended without
 * an outcome: its ticket was solved, closed or deleted, or the answer proved not to be the customer's.
 */
const FOLLOW_UP_STATES = ['open', 'contacted', 'closed', 'expired'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

export const followUps = pgTable('follow_ups', {
  id: identity(),
  /** Its ticket's external id in Zendesk ends with it. */
  key: uuid('key').notNull().defaultRandom(),
  requesterId: id('requester_id').notNull(),
  state: text('state', { enum: FOLLOW_UP_STATES }).notNull().default('open'),
  /** Of the answer that opened it. */
  survey: text('survey', { enum: [...ALL_SURVEYS] }).notNull(),
  /** The ticket that this answer is about; null: none. */
  sourceTicketId: id('source_ticket_id'),
  action: text('action', { enum: ['reopen', 'new_ticket'] }).notNull(),
  /** Null: there is none yet. */
  ticketId: id('ticket_id'),
  /** The group's name, as the policy had it; null: the policy named none. */
  ownerGroup: text('owner_group'),
  openedAt: time('opened_at').notNull(),
  dueAt: time('due_at').notNull(),
  /** The highest share of its time, in percent, of which somebody was reminded; 0: of none. */
  reminded: integer('reminded').notNull().default(0),
  /** When somebody reached the customer; null: nobody did. */
  contactedAt: time('contacted_at'),
  /** Ids of the policy's lists. */
  outcome: text('outcome'),
  rootCause: text('root_cause'),
  note: text('note').notNull().default(''),
  recordedAt: time('recorded_at'),
  recordedBy: id('recorded_by'),
  /** Of the requests that recorded its outcomes. */
  requestIds: text('request_ids').array().notNull().default([]),
  /** Null while it is open or contacted: of each customer one at most. */
  endedAt: time('ended_at'),
});

export const followUpAnswers = pgTable('follow_up_answers', {
  /** Of the answer: `responses.invitation_id`. */
  invitationId: id('invitation_id').primaryKey(),
  followUpId: id('follow_up_id').notNull(),
  joinedAt: time('joined_at').notNull(),
  /** The revision that the follow-up's ticket tells of; null: none yet. */
  shown: integer('shown'),
});

export type FollowUpRow = typeof followUps.$inferSelect;
