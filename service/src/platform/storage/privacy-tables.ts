// The tables that keep erased words from coming back; they hold numbers and times only.
import { pgTable } from 'drizzle-orm/pg-core';
import { id, time } from './columns.ts';

/** Customers who were forgotten: what they wrote until then is not taken in again. */
export const forgottenPeople = pgTable('forgotten_people', {
  userId: id('user_id').primaryKey(),
  forgottenAt: time('forgotten_at').notNull(),
});

/** Tickets out of which words were taken in Zendesk: of events from until then nothing is kept. */
export const redactedTickets = pgTable('redacted_tickets', {
  ticketId: id('ticket_id').primaryKey(),
  redactedAt: time('redacted_at').notNull(),
});
