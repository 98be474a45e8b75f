// Defines the tables of the checks of views.
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../platform/storage/tables.ts';

export const viewChecks = pgTable('view_checks', {
  title: text('title').primaryKey(),
  viewId: id('view_id'),
  state: text('state', { enum: ['in_order', 'repaired', 'out_of_order', 'missing', 'ambiguous', 'failed'] }).notNull(),
  message: text('message'),
  checkedAt: time('checked_at').notNull(),
});

/** When each ticket's band in the queue is computed again; -infinity: something has changed. @internal */
export const queueDue = pgTable('queue_due', {
  ticketId: id('ticket_id').primaryKey(),
  dueAt: time('due_at').notNull(),
});

export const viewOverrules = pgTable('view_overrules', {
  id: identity(),
  viewId: id('view_id').notNull(),
  title: text('title').notNull(),
  found: jsonb('found').notNull(),
  wanted: jsonb('wanted').notNull(),
  overruled: text('overruled').notNull(),
  foundAt: time('found_at').notNull(),
  repairedAt: time('repaired_at'),
});
