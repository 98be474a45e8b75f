// Defines the tables of answers that customers gave in another survey tool.
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, id, identity, time } from '../../platform/storage/tables.ts';

export const answerImports = pgTable('answer_imports', {
  id: identity(),
  source: text('source', { enum: ['typeform', 'simplesat', 'other'] }).notNull(),
  survey: text('survey', { enum: ['nps', 'csat', 'ces'] }).notNull(),
  /** Its name, without folders. */
  file: text('file').notNull(),
  added: integer('added').notNull(),
  who: text('who').notNull(),
  at: time('at').notNull(),
  /** Null: it was not undone. */
  undoneAt: time('undone_at'),
});

export const importedAnswers = pgTable('imported_answers', {
  id: identity(),
  importId: id('import_id').notNull(),
  source: text('source', { enum: ['typeform', 'simplesat', 'other'] }).notNull(),
  survey: text('survey', { enum: ['nps', 'csat', 'ces'] }).notNull(),
  /** SHA-256 of the other tool's id of the answer; null: it has none. */
  sourceKey: bytea('source_key'),
  /** SHA-256 of what else tells the answer from others; null: nothing does. */
  contentKey: bytea('content_key'),
  /** SHA-256 of all cells of its row, whichever columns were mapped; null: imported before such keys were kept. */
  rowKey: bytea('row_key'),
  score: integer('score').notNull(),
  comment: text('comment').notNull().default(''),
  /** Drivers that the policy's lexicon found in the comment. */
  driversInWords: text('drivers_in_words').array().notNull().default([]),
  /** Which lexicon that was; null: none, the comment was not read. */
  lexicon: text('lexicon'),
  /** Null: unknown. */
  requesterId: id('requester_id'),
  /** `sha256:` and the hash of the lower-case address: enough to find and to erase. */
  addressHash: text('address_hash'),
  ticketId: id('ticket_id'),
  answeredAt: time('answered_at').notNull(),
});
