// Defines the tables of tickets: events, the projection, decisions.
import type { Decision, Priority } from '@deskwright/shared';
import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../platform/storage/columns.ts';
import type { OddRecordKind } from '../zendesk/odd-record.ts';
import type { PackedDecision } from './decision-log/packed-decision.ts';

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
  state: text('state', { enum: ['waiting', 'decided', 'ignored', 'parked'] })
    .notNull()
    .default('waiting'),
  outcome: text('outcome'),
  /** Handlings that failed for a reason of the event's own: no outage, no restart, no wait for another event. */
  attempts: integer('attempts').notNull().default(0),
  /** The process that has begun to handle it; it stays when the process dies. */
  heldBy: text('held_by'),
  /** How many processes have begun to handle it and not ended that, the holder included. */
  unfinished: integer('unfinished').notNull().default(0),
  error: text('error'),
  finishedAt: time('finished_at'),
});

/** The ticket as the last decision wanted it. */
export interface WantedTicket {
  category: string;
  tier: string;
  priority: Priority | null;
  tags: string[];
  /** The tier's group, or null where somebody else had placed the ticket already. */
  groupId: number | null;
  /**
   * Set by what agents do in the sidebar: categories and groups that effects of ours still under way may show or have not yet taken away.
   * Seen on the ticket meanwhile they are nobody's overruling.
   */
  leaving?: { categories: string[]; groupIds: number[] };
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
  /** Null: not known (events do not carry custom fields). */
  customFields: jsonb('custom_fields').$type<Record<string, string | number | boolean | string[] | null>>(),
  createdAt: time('created_at').notNull(),
  /** Zendesk's own stamp, whole seconds: what `safe_update` compares. */
  updatedAt: time('updated_at').notNull(),
  /** When the ticket looked as this row says: orders snapshots that share a whole-second `updated_at`. */
  snapshotAt: time('snapshot_at').notNull(),
  solvedAt: time('solved_at'),
  /** The newest solve we know of, kept when the ticket is opened again: no question from before it waits any more. */
  waitEndedAt: time('wait_ended_at'),
  waitingSince: time('waiting_since'),
  gone: text('gone', { enum: ['merged', 'spam', 'deleted'] }),
  category: text('category'),
  tier: text('tier'),
  /** `human`: a person changed the category tag or the group, and the policy steps back. */
  placedBy: text('placed_by', { enum: ['policy', 'human'] })
    .notNull()
    .default('policy'),
  /** What the last decision asked for: later decisions write the difference, so a person's correction is not fought. */
  wanted: jsonb('wanted').$type<WantedTicket>(),
  decidedAt: time('decided_at'),
  policyHash: text('policy_hash'),
  /** Its words were erased, for good or because they were kept long enough. Nothing brings them back. */
  erasedAt: time('erased_at'),
});

export const comments = pgTable('comments', {
  id: id('id').primaryKey(),
  ticketId: id('ticket_id').notNull(),
  authorId: id('author_id'),
  /** `system`: Zendesk itself, which neither asks nor answers. */
  author: text('author', { enum: ['customer', 'agent', 'us', 'system'] }).notNull(),
  public: boolean('public').notNull(),
  body: text('body').notNull(),
  createdAt: time('created_at').notNull(),
  /** Zendesk's id of a message of a messaging ticket; null: a comment. Unique in its ticket. */
  messageId: text('message_id'),
});

/** Each time a ticket went from one group to another, whoever moved it. */
export const ticketMoves = pgTable('ticket_moves', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  fromGroupId: id('from_group_id').notNull(),
  toGroupId: id('to_group_id').notNull(),
  movedAt: time('moved_at').notNull(),
});

/** The decision log. One row an event (`inbox_id` is unique), plus those of imports and repairs. */
export const decisions = pgTable('decisions', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  inboxId: id('inbox_id'),
  /** What made us decide: an event type, `import`, `repair`, `reread` or `time`. */
  trigger: text('trigger').notNull(),
  policyHash: text('policy_hash').notNull(),
  decidedAt: time('decided_at').notNull(),
  outcome: text('outcome', { enum: ['acted', 'unchanged', 'left_to_human', 'not_open'] }).notNull(),
  category: text('category').notNull(),
  tier: text('tier').notNull(),
  priority: text('priority'),
  survey: text('survey'),
  /** Read it by `readDecisions`. Rows of former versions hold it in full. */
  decision: jsonb('decision').$type<Decision | PackedDecision>().notNull(),
  /** Empty: made from the decision. */
  sentence: text('sentence').notNull(),
});

/** When a ticket is decided again because a condition on time may answer differently by then. */
export const dueDecisions = pgTable('due_decisions', {
  ticketId: id('ticket_id').primaryKey(),
  dueAt: time('due_at').notNull(),
});

/** Tickets out of which words were taken in Zendesk: of events from until then nothing is kept. */
export const redactedTickets = pgTable('redacted_tickets', {
  ticketId: id('ticket_id').primaryKey(),
  redactedAt: time('redacted_at').notNull(),
});

/** Records of Zendesk's lists that could not be taken in: set aside for a person, while the rest goes on. */
export const oddRecords = pgTable('odd_records', {
  id: identity(),
  kind: text('kind').$type<OddRecordKind>().notNull(),
  /** As Zendesk writes it, or its place in its list. */
  recordId: text('record_id').notNull(),
  ticketId: id('ticket_id'),
  reason: text('reason').notNull(),
  foundAt: time('found_at').notNull().defaultNow(),
  /** Not null: somebody asked to try again. */
  retryAt: time('retry_at'),
});

/** Tickets of the export that are taken in when their comments have been read. */
export const commentReads = pgTable('comment_reads', {
  ticketId: id('ticket_id').primaryKey(),
  createdAt: time('created_at').notNull(),
  /** As the export showed it. */
  updatedAt: time('updated_at').notNull(),
  /** Of its metric set; null: not told. */
  replies: integer('replies'),
  reopens: integer('reopens'),
  latestCommentAt: time('latest_comment_at'),
});
