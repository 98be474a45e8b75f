// Reads Zendesk's user export: who was permanently deleted, merged or renamed, even if no webhook reported it.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { readErasedPeople, savePeople } from '../../directory/people-store.ts';
import { people } from '../../directory/tables.ts';
import { type Database, withSessionLock } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { ExportedUser } from '../../zendesk/zendesk.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { eraseDeletedUser, followMerge } from '../process/follow-removal.ts';
import { decisions } from '../tables.ts';

/** Zendesk allows ten requests a minute for all its incremental exports; the repair of tickets comes first. A run is a minute. */
const PAGES_A_RUN = 3;
/** The export leaves out the last minute and refuses to begin in it, and clocks differ. */
const EXPORT_LAG_MS = 10 * 60_000;
const KEY = 'user_export';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_048;

type PeopleDeps = Pick<PipelineDeps, 'db' | 'zendesk' | 'directory' | 'clock' | 'logger' | 'hooks'>;

export interface PeopleFollowed {
  pages: number;
  erased: number;
  merged: number;
  updated: number;
}

/**
 * Continues from the saved cursor, at most three pages, and handles people of whom data is stored: permanently
 * deleted ones are erased, data of merged ones moves to the other user, and names, addresses and roles are updated. Customers
 * of whom nothing is stored are ignored. The first run starts where the decision log starts. The cursor is saved after each page. Only
 * one process does so at a time. Throws `ZendeskError`.
 */
export async function followPeople(deps: PeopleDeps, signal?: AbortSignal): Promise<PeopleFollowed> {
  const done: PeopleFollowed = { pages: 0, erased: 0, merged: 0, updated: 0 };
  await withSessionLock(deps.db, LOCK, async () => {
    let cursor = await readCursor(deps.db);
    for (;;) {
      const page = await deps.zendesk.exportUsers(cursor === null ? { startTime: await startTime(deps) } : { cursor });
      done.pages += 1;
      await takeUsers(deps, page.users, done);
      cursor = page.cursor ?? cursor;
      if (cursor !== null) await saveCursor(deps.db, cursor);
      if (page.endOfStream || page.cursor === null || done.pages >= PAGES_A_RUN || signal?.aborted) return;
    }
  });
  return done;
}

async function takeUsers(deps: PeopleDeps, users: readonly ExportedUser[], done: PeopleFollowed): Promise<void> {
  const { db, hooks } = deps;
  const stored = await storedAmong(
    deps,
    users.map(({ id }) => id),
  );
  const theirs = users.filter(({ id }) => stored.has(id));
  const erased = await readErasedPeople(
    db,
    theirs.map(({ id }) => id),
  );
  for (const { id, active, permanently_deleted: isDeleted } of theirs) {
    if (isDeleted && !erased.has(id)) {
      const now = new Date(deps.clock());
      const { kind } = await db.transaction((tx) => eraseDeletedUser(tx, { id, now, hooks }));
      if (kind === 'erased') done.erased += 1;
    }
    if (!active && !isDeleted && (await followMerge(deps, id)) !== null) done.merged += 1;
  }
  const named = await db
    .select({ id: people.id })
    .from(people)
    .where(
      inArray(
        people.id,
        theirs.filter(({ active }) => active).map(({ id }) => id),
      ),
    );
  const ids = new Set(named.map(({ id }) => id));
  const current = theirs.filter(({ id }) => ids.has(id));
  await savePeople(db, current, new Date(deps.clock()));
  done.updated += current.length;
}

/** People of whom data is stored. */
async function storedAmong({ db, hooks }: PeopleDeps, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT asked.id FROM unnest(${sql.param([...ids])}::bigint[]) AS asked(id)
    WHERE EXISTS (SELECT 1 FROM people WHERE people.id = asked.id)
      OR EXISTS (SELECT 1 FROM tickets WHERE requester_id = asked.id)
      OR EXISTS (SELECT 1 FROM comments WHERE author_id = asked.id)`);
  const stored = new Set(rows.map(({ id }) => Number(id)));
  for (const { customersAmong } of hooks)
    for (const id of (await customersAmong?.(db, { ids, addresses: [] })) ?? []) stored.add(id);
  return stored;
}

/** In epoch seconds. */
async function startTime({ db, clock }: PeopleDeps): Promise<number> {
  const [first] = await db.select({ at: decisions.decidedAt }).from(decisions).orderBy(asc(decisions.id)).limit(1);
  return Math.floor((Math.min(first?.at.getTime() ?? clock(), clock()) - EXPORT_LAG_MS) / 1_000);
}

async function readCursor(db: Database): Promise<string | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  return (row?.value as { cursor: string } | undefined)?.cursor ?? null;
}

async function saveCursor(db: Database, cursor: string): Promise<void> {
  const value = { cursor };
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}
