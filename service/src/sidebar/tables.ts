// Defines the tables of what agents do in the sidebar, and of what they may do.
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../platform/storage/columns.ts';

/** How a ticket stood before an agent corrected its category, so that undo puts back exactly that. */
export interface PlacementBefore {
  category: string;
  tier: string;
  placedBy: 'policy' | 'human';
  /** Counting a move that was under way. */
  groupId: number | null;
  /** The group that the correction moved it to. Left out: it stayed. */
  movedTo?: number;
  /** The group that the policy had asked for. */
  wantedGroupId?: number | null;
}

/** Categories that agents corrected in the sidebar: each is an override of the policy and a labelled example for it. */
export const categoryCorrections = pgTable('category_corrections', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  before: jsonb('before').$type<PlacementBefore>().notNull(),
  toCategory: text('to_category').notNull(),
  toTier: text('to_tier').notNull(),
  correctedAt: time('corrected_at').notNull().defaultNow(),
  undoneAt: time('undone_at'),
  undoneBy: id('undone_by'),
});

/** Steps of the guidance that somebody has done. */
export const guidanceTicks = pgTable('guidance_ticks', {
  ticketId: id('ticket_id').notNull(),
  stepId: text('step_id').notNull(),
  agentId: id('agent_id').notNull(),
  doneAt: time('done_at').notNull().defaultNow(),
});

export const escalations = pgTable('escalations', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  /** Made by the page, once per filled form: the same form sent twice escalates once. */
  requestId: text('request_id').notNull(),
  agentId: id('agent_id').notNull(),
  kind: text('kind', { enum: ['tier', 'department'] }).notNull(),
  fromTier: text('from_tier'),
  fromGroupId: id('from_group_id'),
  /** Id of the tier or department. */
  target: text('target').notNull(),
  /** What the form said, by label. */
  said: jsonb('said').$type<{ label: string; text: string }[]>().notNull(),
  escalatedAt: time('escalated_at').notNull().defaultNow(),
});

/** Money given back: what an agent has left today is counted from here. */
export const refunds = pgTable('refunds', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  agentId: id('agent_id').notNull(),
  /** In the currency's smallest unit. */
  amountMinor: id('amount_minor').notNull(),
  currency: text('currency').notNull(),
  state: text('state', { enum: ['granted', 'cancelled'] }).notNull(),
  grantedAt: time('granted_at').notNull(),
});

/** What Zendesk last said of each agent; see `AgentStandings`. */
export const agentStandings = pgTable('agent_standings', {
  id: id('id').primaryKey(),
  /** A `ZendeskAgent`; null with `readAt`: Zendesk has no such user. */
  standing: jsonb('standing'),
  /** When the reading began; null: not read yet. */
  readAt: time('read_at'),
  /** When the sidebar last asked for them; null: read along with the others. */
  askedAt: time('asked_at'),
});
