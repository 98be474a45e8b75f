// Defines column types that tables share.
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const id = (column: string) => bigint(column, { mode: 'number' });
export const time = (column: string) => timestamp(column, { withTimezone: true, mode: 'date' });
export const identity = () => id('id').primaryKey().generatedAlwaysAsIdentity();
