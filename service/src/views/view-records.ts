// Remembers the last check of each managed view, and what was overruled.
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { viewChecks, viewOverrules } from './tables.ts';
import type { ViewSort } from './view-order.ts';

export type ViewCheck = typeof viewChecks.$inferSelect;

/**
 * Takes the check of those views whose last one is older than `minAgeMs`, for all processes at once, and gives their names back.
 * The record says "not finished" until it is.
 */
export async function takeChecks(db: Queryable, names: readonly string[], minAgeMs: number): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const taken = await db
    .insert(viewChecks)
    .values(
      names.map((title) => ({
        title,
        state: 'failed' as const,
        message: 'The check of this view was begun and not finished.',
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

/** Milliseconds until the first of these views may be checked again, 0 when one may now. Null where none was ever checked. */
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

/** Forgets views that the policy no longer manages, so that nobody is warned of them for ever. */
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
