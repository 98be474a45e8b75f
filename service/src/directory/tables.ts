// Defines the tables of Zendesk users.
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { id, time } from '../platform/storage/tables.ts';

/** Zendesk users we had to know: agents (all) and requesters (as needed). */
export const people = pgTable('people', {
  id: id('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email'),
  role: text('role', { enum: ['end-user', 'agent', 'admin'] }).notNull(),
  suspended: boolean('suspended').notNull().default(false),
  locale: text('locale'),
  /** IANA; null: unknown. */
  timeZone: text('time_zone'),
  /** At the provider of payments, by their profile: `cus_1`. */
  customerIds: text('customer_ids').array().notNull().default([]),
  /** In Zendesk; null: not read yet. */
  createdAt: time('created_at'),
  fetchedAt: time('fetched_at').notNull(),
  /** Since when they are known to be an agent; null with `staff_until`: since before we came, or never one. */
  staffSince: time('staff_since'),
  /** When they were first seen to be an agent no more. */
  staffUntil: time('staff_until'),
});

/** Customers who were forgotten: what they wrote until then is not taken in again. */
export const erasedPeople = pgTable('forgotten_people', {
  userId: id('user_id').primaryKey(),
  erasedAt: time('forgotten_at').notNull(),
});
