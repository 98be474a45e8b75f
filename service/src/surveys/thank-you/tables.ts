// Defines the table of thank-you mails.
import { pgTable } from 'drizzle-orm/pg-core';
import { bytea, id, time } from '../../platform/storage/tables.ts';

export const thankYous = pgTable('thank_yous', {
  /** Of the answer: `responses.invitation_id`. */
  id: id('invitation_id').primaryKey(),
  requesterId: id('requester_id').notNull(),
  /** When the mail was sent; until then, when the answer came. */
  at: time('at').notNull(),
  /** Of the link in the mail that unsubscribes; null: it was not sent. */
  tokenHash: bytea('token_hash'),
});
