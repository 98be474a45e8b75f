// The tables that keep erased words from coming back; they hold numbers and times only.
import { pgTable } from 'drizzle-orm/pg-core';
import { id, time } from './columns.ts';

/** Customers who were forgotten: what they wrote until then is not taken in again. */
export const forgottenPeople = pgTable('forgotten_people', {
  userId: id('user_id').primaryKey(),
  forgottenAt: time('forgotten_at').notNull(),
});
