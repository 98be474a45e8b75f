// Defines column types that tables share, and the table of small named values.
import { bigint, customType, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const id = (column: string) => bigint(column, { mode: 'number' });
export const time = (column: string) => timestamp(column, { withTimezone: true, mode: 'date' });
export const identity = () => id('id').primaryKey().generatedAlwaysAsIdentity();

/** The stored state of dead-lettered events, effects and survey mails: the name that former versions read. */
export const DEAD_LETTERED = 'parked';

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  changedAt: time('changed_at').notNull().defaultNow(),
});
