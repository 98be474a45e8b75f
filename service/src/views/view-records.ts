// Records the last check of each managed view, and whose change was overruled.
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { ViewSort } from '../provision/index.ts';
import { viewChecks, viewOverrules } from './tables.ts';

export type ViewCheck = typeof viewChecks.$inferSelect;

/**
 * Claims, for all processes, the check of those views whose last check is older than `minAgeMs`, and returns their names.
 * Until the check ends, the record says that it is unfinished.
 */
export async function takeChecks(db: Queryable, names: readonly string[], minAgeMs: number): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const taken = await db
    .insert(viewChecks)
    .values(
      names.map((title) => ({
        title,
        state: 'failed' as const,
        message: 'The check of this view was started but not finished.',
        checkedAt: sql`clock_timestamp()`,
      })),
    )
    .onConflictDoUpdate({
      target: viewChecks.title,
      set: { checkedAt: sql`clock_timestamp()` },
      setWhere: sql`${viewChecks.checkedAt} <= clock_timestamp() - ${minAgeMs}::float8 * interval '1 millisecond'`,
    })
    .returning({ title: viewChecks.title });
  return new Set(taken.map((row) => row.title));
}

/** Milliseconds until the first of these views may be checked again, 0 when one may be checked now. Null when none was ever checked. */
export async function nextCheckInMs(db: Queryable, names: readonly string[], minAgeMs: number): Promise<number | null> {
  if (names.length === 0) return null;
  const ageMs = sql<
    number | null
  >`(extract(epoch FROM clock_timestamp() - min(${viewChecks.checkedAt})) * 1000)::float8`;
  const [row] = await db
    .select({ ageMs })
    .from(viewChecks)
    .where(inArray(viewChecks.title, [...names]));
  return row?.ageMs == null ? null : Math.max(0, Math.ceil(minAgeMs - row.ageMs));
}

export async function recordCheck(db: Queryable, check: Omit<ViewCheck, 'checkedAt'>): Promise<void> {
  const { viewId, state, message } = check;
  await db
    .insert(viewChecks)
    .values({ ...check, checkedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: viewChecks.title, set: { viewId, state, message } });
}

/** Deletes the records of views that the policy no longer manages, so that their warnings end. */
export async function forgetChecks(db: Queryable, kept: readonly string[]): Promise<void> {
  const gone = (await db.select({ title: viewChecks.title }).from(viewChecks)).filter(
    ({ title }) => !kept.includes(title),
  );
  if (gone.length === 0) return;
  await db.delete(viewChecks).where(
    inArray(
      viewChecks.title,
      gone.map(({ title }) => title),
    ),
  );
}

export async function recordOverrule(
  db: Queryable,
  overrule: { viewId: number; title: string; found: ViewSort; wanted: ViewSort; overruled: string; foundAt: Date },
): Promise<void> {
  await db.insert(viewOverrules).values({ ...overrule, repairedAt: sql`clock_timestamp()` });
}
