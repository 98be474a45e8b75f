// Reads missing requesters of stored tickets from Zendesk, so that a campaign can include every customer.
import { eq, sql } from 'drizzle-orm';
import { savePeople } from '../../directory/people-store.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PipelineDeps } from '../process/deps.ts';

/** Zendesk's most for one call (`users/show_many`). */
const AT_A_TIME = 100;
const CALLS_A_RUN = 5;
const DAY_MS = 86_400_000;
const KEY = 'requesters';

/** `after`: the id up to which requesters were read; `since`: when the way through them began, in epoch milliseconds. */
interface Position {
  after: number;
  since: number;
}

/**
 * Goes on by id from the saved position, at most 500 people; once a day from the beginning, for customers of old whose first ticket is new.
 * Users whom Zendesk no longer has are passed over. Returns how many were saved. Throws `ZendeskError`.
 */
export async function readRequesters(
  { db, zendesk, clock }: Pick<PipelineDeps, 'db' | 'zendesk' | 'clock'>,
  signal?: AbortSignal,
): Promise<number> {
  const now = clock();
  const saved = await readPosition(db);
  let after = saved === null || now - saved.since >= DAY_MS ? 0 : saved.after;
  const since = after === 0 ? now : (saved?.since ?? now);
  let read = 0;
  for (let calls = 0; calls < CALLS_A_RUN; calls += 1) {
    if (signal?.aborted) break;
    const ids = await unknownRequesters(db, after, AT_A_TIME);
    if (ids.length === 0) break;
    const users = await zendesk.showUsers(ids);
    await savePeople(db, users, new Date(now));
    read += users.length;
    after = ids.at(-1) ?? after;
    await savePosition(db, { after, since });
    if (ids.length < AT_A_TIME) break;
  }
  return read;
}

/** In order of their ids. Forgotten people stay unknown. */
export async function unknownRequesters(db: Queryable, after: number, most: number): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    SELECT DISTINCT t.requester_id::float8 AS id FROM tickets t
    WHERE t.requester_id > ${after} AND t.gone IS NULL
      AND NOT EXISTS (SELECT FROM people p WHERE p.id = t.requester_id)
      AND NOT EXISTS (SELECT FROM forgotten_people f WHERE f.user_id = t.requester_id)
    ORDER BY 1 LIMIT ${most}`);
  return rows.map(({ id }) => id);
}

async function readPosition(db: Database): Promise<Position | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  return (row?.value as Position | undefined) ?? null;
}

async function savePosition(db: Database, value: Position): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}
