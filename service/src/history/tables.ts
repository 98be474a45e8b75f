// Defines the tables of the history, and of the figures that are computed from it.

import { sql } from 'drizzle-orm';
import { boolean, date, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { Actor, HistoryKind } from '../figures/history-entry.ts';
import type { Placement } from '../figures/measure.ts';
import type { Tables } from '../platform/feature.ts';
import { id, identity, time } from '../platform/storage/tables.ts';

export const history = pgTable('history', {
  ticketId: id('ticket_id').notNull(),
  at: time('at').notNull(),
  kind: text('kind').$type<HistoryKind>().notNull(),
  value: text('value'),
  ref: id('ref'),
  actor: text('actor').$type<Actor>(),
  actorId: id('actor_id'),
  public: boolean('public'),
  groupId: id('group_id'),
  assigneeId: id('assignee_id'),
  rule: text('rule'),
  policyId: integer('policy_id'),
  source: text('source', { enum: ['event', 'read', 'deskwright'] }).notNull(),
  /** Of each row: those of the same `at` keep the order in which they were recorded. */
  recordedAt: time('recorded_at').notNull().default(sql`clock_timestamp()`),
});

export const policyVersions = pgTable('policy_versions', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  hash: text('hash').notNull(),
  since: time('since').notNull(),
});

export const zendeskFigures = pgTable('zendesk_figures', {
  ticketId: id('ticket_id').primaryKey(),
  createdAt: time('created_at').notNull(),
  solvedAt: time('solved_at'),
  channel: text('channel'),
  category: text('category'),
  tier: text('tier'),
  groupId: id('group_id'),
  assigneeId: id('assignee_id'),
  firstReply: integer('first_reply'),
  firstReplyBusiness: integer('first_reply_business'),
  firstResolution: integer('first_resolution'),
  firstResolutionBusiness: integer('first_resolution_business'),
  fullResolution: integer('full_resolution'),
  fullResolutionBusiness: integer('full_resolution_business'),
  requesterWait: integer('requester_wait'),
  requesterWaitBusiness: integer('requester_wait_business'),
  replies: integer('replies').notNull().default(0),
  reopens: integer('reopens').notNull().default(0),
  readAt: time('read_at').notNull(),
});

export const measuresDue = pgTable('measures_due', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  since: time('since').notNull().defaultNow(),
});

export const unmeasuredTickets = pgTable('unmeasured_tickets', {
  ticketId: id('ticket_id').primaryKey(),
  error: text('error').notNull(),
  failedAt: time('failed_at').notNull(),
});

export const measures = pgTable('measures', {
  ticketId: id('ticket_id').notNull(),
  figure: text('figure').notNull(),
  at: time('at').notNull(),
  seconds: integer('seconds'),
  businessSeconds: integer('business_seconds'),
  score: smallint('score'),
  met: boolean('met'),
  category: text('category'),
  tier: text('tier'),
  channel: text('channel'),
  groupId: id('group_id'),
  agentId: id('agent_id'),
  detail: text('detail'),
  fromZendesk: boolean('from_zendesk').notNull().default(false),
});

/** A `Placement` in JSON. */
type StoredPlacement = Omit<Placement, 'at'> & { readonly at: string };

export const waits = pgTable(
  'waits',
  {
    ticketId: id('ticket_id').notNull(),
    since: time('since').notNull(),
    until: time('until'),
    endedBy: text('ended_by', { enum: ['reply', 'solve', 'gone'] }),
    agentId: id('agent_id'),
    tier: text('tier'),
    groupId: id('group_id'),
    priority: text('priority'),
    placements: jsonb('placements').$type<readonly StoredPlacement[]>().notNull().default([]),
  },
  ({ ticketId, since }) => [primaryKey({ columns: [ticketId, since] })],
);

/** Written in SQL. @internal */
export const rollups = pgTable('rollups', {
  grain: text('grain', { enum: ['hour', 'day'] }).notNull(),
  figure: text('figure').notNull(),
  dimension: text('dimension').notNull(),
  member: text('member').notNull(),
  bucket: time('bucket').notNull(),
  clock: text('clock', { enum: ['calendar', 'business'] }).notNull(),
  n: id('n').notNull(),
  total: id('total').notNull(),
  met: id('met').notNull(),
  missed: id('missed').notNull(),
  fromZendesk: id('from_zendesk').notNull(),
  bins: integer('bins').array().notNull(),
});

/** Written in SQL. @internal */
export const combinedRollups = pgTable('combined_rollups', {
  grain: text('grain', { enum: ['day', 'week'] }).notNull(),
  figure: text('figure').notNull(),
  bucket: time('bucket').notNull(),
  tier: text('tier').notNull(),
  category: text('category').notNull(),
  channel: text('channel').notNull(),
  groupId: text('group_id').notNull(),
  clock: text('clock', { enum: ['calendar', 'business'] }).notNull(),
  n: id('n').notNull(),
  total: id('total').notNull(),
  met: id('met').notNull(),
  missed: id('missed').notNull(),
  fromZendesk: id('from_zendesk').notNull(),
  bins: integer('bins').array().notNull(),
});

/** Written in SQL. @internal */
export const restatements = pgTable('restatements', {
  day: date('day').primaryKey(),
  at: time('at').notNull(),
  tickets: integer('tickets').notNull(),
});

export const annotations = pgTable('annotations', {
  id: identity(),
  at: time('at').notNull(),
  text: text('text').notNull(),
  /** Null: it concerns all of them. */
  category: text('category'),
  who: text('who').notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  removedAt: time('removed_at'),
});

export const ticketSkips = pgTable('ticket_skips', {
  /** Zendesk's. */
  id: id('id').primaryKey(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  at: time('at').notNull(),
  /** In the agent's words; empty: there are none, or they were erased. */
  reason: text('reason').notNull(),
});

export const HISTORY_TABLES: Tables = {
  history: { keptFor: 'history' },
  policy_versions: { staysBecause: 'a row for each version of the policy, which history and annotations name' },
  zendesk_figures: { keptFor: 'history' },
  measures_due: { staysBecause: 'a row for each ticket whose measures are to be computed; it goes when they are' },
  unmeasured_tickets: { staysBecause: 'a row for each ticket whose history cannot be measured; it goes when it can' },
  measures: { keptFor: 'history' },
  waits: { keptFor: 'history' },
  rollups: { keptFor: 'history' },
  combined_rollups: { keptFor: 'history' },
  restatements: { keptFor: 'history' },
  ticket_skips: { keptFor: 'history' },
  annotations: { staysBecause: 'a row for each mark that somebody set' },
};
