// Keeps from when on all tickets are known: what is computed of the time before would be of some tickets only.
import { eq, sql } from 'drizzle-orm';
import type { KnownSince } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const KEY = 'history_known';

interface Stored {
  /** ISO 8601. */
  readonly seen: string;
  readonly told: string;
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
export async function noteTold(db: Queryable, from: Date, to: Date | null): Promise<boolean> {
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

/** Null: the service was never started. */
export async function readKnownSince(db: Queryable): Promise<KnownSince | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const stored = row?.value as Stored | undefined;
  return stored ? { seen: new Date(stored.seen), told: new Date(stored.told) } : null;
}
