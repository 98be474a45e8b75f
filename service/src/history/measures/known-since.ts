// Stores since when all tickets are known: figures of earlier times would miss tickets.
import { eq, sql } from 'drizzle-orm';
import type { KnownSince } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const KEY = 'history_known';

interface Stored {
  /** ISO 8601. */
  readonly seen: string;
  readonly told: string;
  /** The first import is reading all tickets, or has read them and their measures are computed. Left out: it is over. */
  readonly import?: 'reading' | 'measuring';
}

/** Zendesk's times have whole seconds, and clocks differ. */
const CLOCKS_MS = 60_000;

/** Call it when the service starts: the history begins, unless it has begun already. */
export async function noteBegin(db: Queryable, now: Date): Promise<void> {
  const seen = new Date(now.getTime() - CLOCKS_MS).toISOString();
  await db
    .insert(settings)
    .values({ key: KEY, value: { seen, told: seen } satisfies Stored })
    .onConflictDoNothing();
}

/**
 * Call it when Zendesk's metric sets of all tickets since `from` were read, or are being read for the first time. `to`: up to then; null: up to
 * now. True: earlier days are known than before.
 */
export async function noteBackfilled(db: Queryable, from: Date, to: Date | null): Promise<boolean> {
  const told = sql`(${settings.value} ->> 'told')::timestamptz`;
  const changed = await db
    .update(settings)
    .set({ value: sql`${settings.value} || ${JSON.stringify({ told: from.toISOString() })}::jsonb` })
    .where(
      sql`${eq(settings.key, KEY)} AND ${told} > ${from.toISOString()}::timestamptz
        AND ${told} <= coalesce(${to?.toISOString() ?? null}::timestamptz, 'infinity')`,
    )
    .returning({ key: settings.key });
  return changed.length > 0;
}

/** Call it at the first import, before what its pages tell is stored, and once all of it is. */
export async function noteImport(db: Queryable, state: NonNullable<Stored['import']>): Promise<void> {
  await db
    .update(settings)
    .set({ value: sql`${settings.value} || ${JSON.stringify({ import: state })}::jsonb` })
    .where(eq(settings.key, KEY));
}

/** Call it when no ticket is left to be measured. */
export async function noteMeasured(db: Queryable): Promise<void> {
  await db
    .update(settings)
    .set({ value: sql`${settings.value} - 'import'` })
    .where(sql`${eq(settings.key, KEY)} AND ${settings.value} ->> 'import' = 'measuring'`);
}

/** Since when measures count. Null: the service was never started. */
export async function readCountedSince(db: Queryable): Promise<KnownSince | null> {
  const stored = await readStored(db);
  return stored && { seen: new Date(stored.seen), told: new Date(stored.told) };
}

/** Since when all tickets are known: what Zendesk tells is not, before the end of the first import. Null: the service was never started. */
export async function readKnownSince(db: Queryable): Promise<KnownSince | null> {
  const stored = await readStored(db);
  return stored && { seen: new Date(stored.seen), told: new Date(stored.import ? stored.seen : stored.told) };
}

/** Whether figures of a period from then on are of some tickets only, as the first import is not over. */
export async function isPartialSince(db: Queryable, from: Date): Promise<boolean> {
  const stored = await readStored(db);
  return stored?.import !== undefined && from < new Date(stored.seen);
}

async function readStored(db: Queryable): Promise<Stored | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return (row?.value as Stored | undefined) ?? null;
}
