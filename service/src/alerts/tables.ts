// Defines the tables of alarms and reminders.
import { doublePrecision, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../platform/feature.ts';
import { id, identity, time } from '../platform/storage/tables.ts';

/** As the dashboard calls them. */
export const ALARM_KINDS = [
  'category_rise',
  'other_share',
  'oldest_wait',
  'new_requesters',
  'webhooks_silent',
  'driver_named',
  'score_fall',
  'agent_refunds',
  'customer_refunds',
  'refund_differences',
  'refunds_not_compared',
  'outside_refunds',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export const alarms = pgTable('alarms', {
  id: identity(),
  kind: text('kind').$type<AlarmKind>().notNull(),
  /**
   * The category, driver or survey that it is about, an agent's id, a customer's random name in the books, what differs in the books and since
   * which day, the day on which they were last compared; empty for nothing in particular.
   */
  about: text('about').notNull().default(''),
  since: time('since').notNull(),
  until: time('until'),
  n: integer('n').notNull(),
  usual: doublePrecision('usual'),
  ticketId: id('ticket_id'),
  notifiedAt: time('told_at'),
  acknowledgedAt: time('acknowledged_at'),
  /** The person at the command line, or the address of who did it on the dashboard. */
  acknowledgedBy: text('acknowledged_by'),
});

export const reminders = pgTable('reminders', {
  id: identity(),
  ticketId: id('ticket_id').notNull(),
  kind: text('kind', { enum: ['wait', 'promise'] }).notNull(),
  since: time('since').notNull(),
  /** The percentage of the target; 0 for a promise. */
  step: integer('step').notNull(),
  notifiedAt: time('told_at').notNull(),
});

export const ALERT_TABLES: Tables = {
  alarms: { keptFor: 'history' },
  reminders: { keptFor: 'history' },
  slack_threads: { keptFor: 'history' },
};
