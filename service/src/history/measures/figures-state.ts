// Keeps for what the figures were computed: the time zone of their days, and how far a rebuild is.
import { eq } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const KEY = 'figures';

export interface FiguresState {
  /** IANA: the days of the sums are its days. */
  readonly timeZone: string;
  /** Digest of what figures depend on in the policy. */
  readonly digest: string;
  /** Null: none runs. */
  readonly rebuild: Rebuild | null;
}

export interface Rebuild {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly because: 'policy' | 'operator';
  /** Every ticket up to this id was measured. */
  readonly after: number;
  readonly measured: number;
  /** Tickets with a history when it started. */
  readonly of: number;
}

/** Null: nothing was measured yet. */
export async function readFiguresState(db: Queryable): Promise<FiguresState | null> {
  const [stored] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return (stored?.value as FiguresState | undefined) ?? null;
}

export async function saveFiguresState(tx: Queryable, value: FiguresState): Promise<void> {
  await tx.insert(settings).values({ key: KEY, value }).onConflictDoUpdate({ target: settings.key, set: { value } });
}

/** The time zone of the days of all sums. */
export async function figuresZone(db: Queryable): Promise<string> {
  return (await readFiguresState(db))?.timeZone ?? 'UTC';
}
