// Defines the tables of agents' actions and permissions.
import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../platform/feature.ts';
import { id, identity, time } from '../platform/storage/tables.ts';

/** A ticket's state before an agent corrected its category, so that undo can restore it exactly. */
export interface PlacementBefore {
  category: string;
  tier: string;
  placedBy: 'policy' | 'human';
  /** Including a pending move. */
  groupId: number | null;
  /** The group that the correction moved it to. Omitted: it was not moved. */
  movedTo?: number;
  /** The group that the policy wanted. */
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

/** Guidance steps that agents have marked as done. */
export const guidanceTicks = pgTable('guidance_ticks', {
  ticketId: id('ticket_id').notNull(),
  stepId: text('step_id').notNull(),
  agentId: id('agent_id').notNull(),
  doneAt: time('done_at').notNull().defaultNow(),
});

export const escalations = pgTable('escalations', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  /** Created by the page per form: the same form sent twice escalates once. */
  requestId: text('request_id').notNull(),
  agentId: id('agent_id').notNull(),
  kind: text('kind', { enum: ['tier', 'department'] }).notNull(),
  fromTier: text('from_tier'),
  fromGroupId: id('from_group_id'),
  /** Id of the tier or department. */
  target: text('target').notNull(),
  /** The form's answers, by label. */
  said: jsonb('said').$type<{ label: string; text: string }[]>().notNull(),
  escalatedAt: time('escalated_at').notNull().defaultNow(),
});

/** Each agent's permissions as last read from Zendesk; see `createAgentStore`. */
export const storedAgents = pgTable('agent_standings', {
  id: id('id').primaryKey(),
  /** A `ZendeskAgent`; null with `readAt`: Zendesk has no such user. */
  agent: jsonb('standing'),
  /** When the read started; null: not read yet. */
  readAt: time('read_at'),
  /** When the sidebar last requested them; null: only read with the others. */
  askedAt: time('asked_at'),
});

/** Agents whose page shows a ticket, or did within the last hour; see `Viewers`. */
export const ticketViewers = pgTable(
  'ticket_viewers',
  {
    ticketId: id('ticket_id').notNull(),
    agentId: id('agent_id').notNull(),
    seenAt: time('seen_at').notNull(),
  },
  ({ ticketId, agentId }) => [primaryKey({ columns: [ticketId, agentId] })],
);

export const SIDEBAR_TABLES: Tables = {
  category_corrections: { keptFor: 'actions' },
  escalations: { keptFor: 'actions' },
  guidance_ticks: { keptFor: 'actions' },
  ticket_viewers: { staysBecause: 'a row for each agent and ticket of the last hour' },
  agent_standings: { staysBecause: 'a row for each agent' },
};
