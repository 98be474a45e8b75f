// Defines the table of Zendesk's records that could not be read.
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { OddRecordKind } from '../../zendesk/odd-record.ts';
import { id, identity, time } from './columns.ts';

/** Records of Zendesk's lists that could not be taken in: set aside for a person, while the rest goes on. */
export const oddRecords = pgTable('odd_records', {
  id: identity(),
  kind: text('kind').$type<OddRecordKind>().notNull(),
  /** As Zendesk writes it, or its place in its list. */
  recordId: text('record_id').notNull(),
  ticketId: id('ticket_id'),
  reason: text('reason').notNull(),
  foundAt: time('found_at').notNull().defaultNow(),
  /** Not null: somebody asked to try again. */
  retryAt: time('retry_at'),
});
