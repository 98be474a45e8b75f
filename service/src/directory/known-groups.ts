// Keeps the account's groups in the database, for commands that run without Zendesk.
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';

const KEY = 'groups';

/** `groups`: ids by name. */
export async function saveGroups(db: Queryable, groups: ReadonlyMap<string, number>): Promise<void> {
  const value = [...groups];
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** As the service read them last; empty if it never has. */
export async function readGroups(db: Queryable): Promise<Map<string, number>> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return new Map((row?.value ?? []) as [string, number][]);
}
