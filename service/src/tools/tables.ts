// Defines the table of what agents looked up and did with tools.
import { TOOL_FAILURES } from '@deskwright/shared/contract';
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../platform/feature.ts';
import { id, identity, time } from '../platform/storage/tables.ts';

export const toolRuns = pgTable('tool_runs', {
  id: identity(),
  /** Created by the page per form: the same form sent twice acts once. Of a read: null. */
  requestId: text('request_id'),
  ticketId: id('ticket_id').notNull(),
  /** Null: the ticket had no customer. */
  requesterId: id('requester_id'),
  agentId: id('agent_id').notNull(),
  toolId: text('tool_id').notNull(),
  kind: text('kind', { enum: ['read', 'write'] }).notNull(),
  state: text('state', { enum: ['asked', 'done', 'failed', 'in_doubt'] }).notNull(),
  /** Of a write, until it has ended. */
  inputs: jsonb('inputs').$type<Readonly<Record<string, string>>>(),
  /** Of a write, so that the same form is known once its inputs are deleted; for a day, as inputs could be found by it. Null: not known any more. */
  inputsCheck: integer('inputs_check'),
  failure: text('failure', { enum: TOOL_FAILURES }),
  /** Of HTTP; null: no answer came. */
  status: integer('status'),
  askedAt: time('asked_at').notNull(),
  endedAt: time('ended_at'),
});

export type ToolRunRow = typeof toolRuns.$inferSelect;

export const TOOL_TABLES: Tables = { tool_runs: { keptFor: 'actions' } };
