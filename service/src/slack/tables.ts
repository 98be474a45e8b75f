// Defines the table of Slack's threads.
import { pgTable, text } from 'drizzle-orm/pg-core';
import { identity, time } from '../platform/storage/tables.ts';

/** Where the first message of each thread stands, so that later ones can answer it. */
export const slackThreads = pgTable('slack_threads', {
  id: identity(),
  channel: text('channel').notNull(),
  /** What the thread is about, as in `SlackMessage`. */
  key: text('key').notNull(),
  /** Slack's id of the message. */
  ts: text('ts').notNull(),
  at: time('at').notNull(),
});
