// Defines the tables of tickets: events, the projection, decisions.
import type { Decision, Priority } from '@deskwright/shared';
import { boolean, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../platform/feature.ts';
import { DEAD_LETTERED, id, identity, time } from '../platform/storage/tables.ts';
import type { UnreadableRecordKind } from '../zendesk/unreadable-record.ts';
import type { PackedDecision } from './decision-log/packed-decision.ts';
import type { ShadowOutcome } from './decision-log/shadow-outcome.ts';

export const inbox = pgTable('inbox', {
  id: identity(),
  batch: id('batch').notNull(),
  invocationId: text('invocation_id'),
  envelopeId: text('envelope_id'),
  type: text('type').notNull(),
  ticketId: id('ticket_id'),
  occurredAt: time('occurred_at'),
  receivedAt: time('received_at').notNull().defaultNow(),
  body: jsonb('body').notNull(),
  state: text('state', { enum: ['waiting', 'decided', 'ignored', DEAD_LETTERED] })
    .notNull()
    .default('waiting'),
  outcome: text('outcome'),
  /** Failed attempts caused by the event itself, without outages, restarts and waiting for other events. */
  attempts: integer('attempts').notNull().default(0),
  /** The process that started to handle it; stays set when the process dies. */
  heldBy: text('held_by'),
  /** How many processes started to handle it and did not finish, including the current one. */
  unfinished: integer('unfinished').notNull().default(0),
  error: text('error'),
  finishedAt: time('finished_at'),
});

/** The desired state: the ticket as the last decision wanted it. */
export interface WantedTicket {
  category: string;
  tier: string;
  priority: Priority | null;
  tags: string[];
  /** The tier's group, or null if somebody had already moved the ticket. */
  groupId: number | null;
  /**
   * Set by agents' actions in the sidebar: categories and groups that pending effects have not removed yet.
   * If the ticket still shows them, that is not an override.
   */
  leaving?: { categories: string[]; groupIds: number[] };
  /** The internal note of the decision was dropped when the file went into shadow. */
  noteIsDue?: true;
}

/** The projection: our copy of the account's tickets. */
export const tickets = pgTable('tickets', {
  id: id('id').primaryKey(),
  subject: text('subject').notNull(),
  description: text('description').notNull(),
  status: text('status').notNull(),
  priority: text('priority'),
  type: text('type'),
  via: text('via'),
  tags: text('tags').array().notNull(),
  groupId: id('group_id'),
  assigneeId: id('assignee_id'),
  requesterId: id('requester_id'),
  organizationId: id('organization_id'),
  brandId: id('brand_id'),
  formId: id('form_id'),
  /** Null: unknown (events do not contain custom fields). */
  customFields: jsonb('custom_fields').$type<Record<string, string | number | boolean | string[] | null>>(),
  createdAt: time('created_at').notNull(),
  /** Zendesk's own timestamp, whole seconds, as compared by `safe_update`. */
  updatedAt: time('updated_at').notNull(),
  /** The time this row shows: orders snapshots with the same whole-second `updated_at`. */
  snapshotAt: time('snapshot_at').notNull(),
  /** Kept while the ticket is open only because a mail program answered; see `judgeReopening`. */
  solvedAt: time('solved_at'),
  /** The newest known solve, kept when the ticket is reopened: questions before it are no longer waiting. */
  waitEndedAt: time('wait_ended_at'),
  waitingSince: time('waiting_since'),
  gone: text('gone', { enum: ['merged', 'spam', 'deleted'] }),
  /** Its band in the queue: 0 stands first. Kept by `views`, never by the projection. */
  queueBand: smallint('queue_band').notNull().default(9),
  category: text('category'),
  tier: text('tier'),
  /** `human`: a person changed the category tag or the group, which overrides the policy. */
  placedBy: text('placed_by', { enum: ['policy', 'human'] })
    .notNull()
    .default('policy'),
  /** What the last decision wanted: later decisions write only the difference, so that a person's correction is not reverted. */
  wanted: jsonb('wanted').$type<WantedTicket>(),
  decidedAt: time('decided_at'),
  policyHash: text('policy_hash'),
  /** When its text was erased, by request or because its retention ended. It is never restored. */
  erasedAt: time('erased_at'),
});

export const comments = pgTable('comments', {
  id: id('id').primaryKey(),
  ticketId: id('ticket_id').notNull(),
  authorId: id('author_id'),
  /** `system`: Zendesk itself, whose comments are neither questions nor answers. */
  author: text('author', { enum: ['customer', 'agent', 'us', 'system'] }).notNull(),
  public: boolean('public').notNull(),
  body: text('body').notNull(),
  createdAt: time('created_at').notNull(),
  /** Zendesk's id of a message of a messaging ticket; null: a comment. Unique in its ticket. */
  messageId: text('message_id'),
});

/** Every move of a ticket between groups, whoever made it. */
export const ticketMoves = pgTable('ticket_moves', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  fromGroupId: id('from_group_id').notNull(),
  toGroupId: id('to_group_id').notNull(),
  movedAt: time('moved_at').notNull(),
});

/** The decision log. One row per event (`inbox_id` is unique), plus those of imports and repairs. */
export const decisions = pgTable('decisions', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  inboxId: id('inbox_id'),
  /** The cause of the decision: an event type, `import`, `repair`, `reread`, `time` or `sweep`. */
  trigger: text('trigger').notNull(),
  policyHash: text('policy_hash').notNull(),
  decidedAt: time('decided_at').notNull(),
  /** `in_shadow`: by the mode of the file, nothing of the policy acts for the ticket. */
  outcome: text('outcome', { enum: ['acted', 'unchanged', 'left_to_human', 'not_open', 'in_shadow'] }).notNull(),
  category: text('category').notNull(),
  tier: text('tier').notNull(),
  priority: text('priority'),
  survey: text('survey'),
  /** Read it by `readDecisions`. Rows of former versions hold it in full. */
  decision: jsonb('decision').$type<Decision | PackedDecision>().notNull(),
  /** Empty: made from the decision. */
  sentence: text('sentence').notNull(),
  /** Where part of the policy is in shadow: what the whole would have done. Null: nothing else. */
  shadow: jsonb('shadow').$type<ShadowOutcome>(),
});

/** When a ticket is decided again because the result of a condition on time may change. */
export const dueDecisions = pgTable('due_decisions', {
  ticketId: id('ticket_id').primaryKey(),
  dueAt: time('due_at').notNull(),
});

/** Tickets with redacted text: bodies of events up to then are not kept. */
export const redactedTickets = pgTable('redacted_tickets', {
  ticketId: id('ticket_id').primaryKey(),
  redactedAt: time('redacted_at').notNull(),
});

/** Records of Zendesk's lists that could not be read: dead-lettered for an operator, while other records are processed. */
export const unreadableRecords = pgTable('odd_records', {
  id: identity(),
  kind: text('kind').$type<UnreadableRecordKind>().notNull(),
  /** Its id in Zendesk, or its position in the list. */
  recordId: text('record_id').notNull(),
  ticketId: id('ticket_id'),
  reason: text('reason').notNull(),
  foundAt: time('found_at').notNull().defaultNow(),
  /** Not null: a retry was requested. */
  retryAt: time('retry_at'),
});

/** Tickets of the export that are taken in when their comments have been read. */
export const commentReads = pgTable('comment_reads', {
  ticketId: id('ticket_id').primaryKey(),
  createdAt: time('created_at').notNull(),
  /** As the export showed it. */
  updatedAt: time('updated_at').notNull(),
  /** Of its metric set; null: unknown. */
  replies: integer('replies'),
  reopens: integer('reopens'),
  latestCommentAt: time('latest_comment_at'),
});

/** What was erased, by kind and number. */
export const erasureReceipts = pgTable('erasure_receipts', {
  id: identity(),
  at: time('at').notNull(),
  /** Who ran the command; `zendesk`: it deleted the ticket or user for good. */
  who: text('who').notNull(),
  what: text('what', { enum: ['ticket', 'customer'] }).notNull(),
  removed: jsonb('removed').$type<Readonly<Record<string, number>>>().notNull(),
});

export const TICKET_TABLES: Tables = {
  inbox: { keptFor: 'events' },
  tickets: { keptFor: 'tickets' },
  comments: { keptFor: 'tickets' },
  redacted_tickets: { keptFor: 'tickets' },
  decisions: { keptFor: 'decisions' },
  sweeps: { keptFor: 'decisions' },
  sweep_tickets: { keptFor: 'decisions' },
  ticket_moves: { keptFor: 'moves' },
  people: { keptFor: 'words' },
  forgotten_people: { staysBecause: 'nobody who asked to be forgotten may come back, whenever Zendesk names them' },
  erasure_receipts: { staysBecause: 'a receipt proves an erasure as long as the database is kept, and names nobody' },
  due_decisions: {
    staysBecause: 'a row for each open ticket that waits for a time; it goes when the ticket is decided or closed',
  },
  comment_reads: { staysBecause: 'a row for each ticket whose comments are still to be read; it goes when they were' },
  odd_records: { staysBecause: 'a row for each record that cannot be read; it goes when it can' },
};
