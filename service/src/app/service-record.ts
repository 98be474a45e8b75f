// Records in the database which service uses it, so that commands do not read another one.
import { eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import { isOnThisMachine } from './config.ts';

const KEY = 'service';

export interface ServiceRecord {
  /** The address of the account: `https://acme.zendesk.com`. */
  readonly zendesk: string;
}

/** At each start of the service. Returns the account that the database was used for before, if it was another. */
export async function recordService(db: Queryable, record: ServiceRecord): Promise<string | null> {
  const [stored] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const before = (stored?.value as ServiceRecord | undefined)?.zendesk ?? record.zendesk;
  const changes = { value: record, changedAt: sql`now()` };
  await db
    .insert(settings)
    .values({ key: KEY, value: record })
    .onConflictDoUpdate({ target: settings.key, set: changes });
  return isSameAccount(before, record.zendesk) ? null : before;
}

/** The local Zendesk takes another port when its own is taken. */
export function isSameAccount(a: string, b: string): boolean {
  return a === b || (isOnThisMachine(a) && isOnThisMachine(b));
}

export type UsedBy =
  /** No service has run with this database; it may have other tables or none. */
  | { by: 'nobody' }
  /** `zendesk` is null if only a version ran that did not record it. */
  | { by: 'service'; zendesk: string | null; startedAt: Date | null };

/** Changes nothing, not even in a database that is not ours. */
export async function readServiceRecord({ $client }: Database): Promise<UsedBy> {
  const { rows: tables } = await $client.query<{ name: string }>(
    "SELECT name FROM unnest(ARRAY['settings', 'tickets', 'inbox']) name WHERE to_regclass(name) IS NOT NULL",
  );
  if (tables.length < 3) return { by: 'nobody' };
  const { rows } = await $client.query<{ zendesk: string; started_at: Date }>(
    `SELECT value->>'zendesk' AS zendesk, changed_at AS started_at FROM settings WHERE key = '${KEY}'`,
  );
  if (rows[0]) return { by: 'service', zendesk: rows[0].zendesk, startedAt: rows[0].started_at };
  const { rows: used } = await $client.query<{ is_used: boolean }>(
    'SELECT EXISTS (SELECT FROM settings) OR EXISTS (SELECT FROM tickets) OR EXISTS (SELECT FROM inbox) AS is_used',
  );
  return used[0]?.is_used ? { by: 'service', zendesk: null, startedAt: null } : { by: 'nobody' };
}
