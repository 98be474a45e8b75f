// Keeps by what the figures were computed, how far a rebuild is, and how up to date they are.
import { asc, count, eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import { measuresDue, unmeasuredTickets } from '../tables.ts';

const KEY = 'figures';

export interface FiguresState {
  /** IANA: the days of the sums are its days. */
  readonly timeZone: string;
  /** Of what figures depend on in the policy; see `digestOf`. */
  readonly digest: string;
  /** When the first figures were computed. ISO 8601. */
  readonly knownSince: string;
  /** Whether there are combined sums; an earlier version made none. */
  readonly hasCombined?: boolean;
  /** Figures of days before were deleted, as their retention had ended. ISO 8601; left out: none were. */
  readonly keptSince?: string;
  /** Null: none runs. */
  readonly rebuild: Rebuild | null;
}

export interface Rebuild {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly because: 'policy' | 'operator' | 'upgrade';
  /** Every ticket up to this id was measured again. */
  readonly after: number;
  /** The highest id when it started. */
  readonly upTo: number;
  readonly measured: number;
  /** The sums up to then were added up again; null: the tickets come first. ISO 8601. */
  readonly summedUpTo: string | null;
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
  return (await readSumsState(db)).zone;
}

/** The time zone of the days and weeks of all sums, and whether there are combined ones. */
export async function readSumsState(db: Queryable): Promise<{ zone: string; hasCombined: boolean }> {
  const state = await readFiguresState(db);
  return { zone: state?.timeZone ?? 'UTC', hasCombined: state?.hasCombined ?? false };
}

export interface FiguresStatus {
  /** Null: nothing was measured yet. */
  readonly state: FiguresState | null;
  /** Tickets whose measures are older than their history. */
  readonly due: number;
  /** How many cannot be measured, and the first of them. */
  readonly unmeasured: number;
  readonly examples: readonly { readonly ticketId: number; readonly error: string; readonly failedAt: Date }[];
}

const EXAMPLES = 20;

/** Reads how up to date the figures are, for operators. */
export async function readFiguresStatus(db: Database): Promise<FiguresStatus> {
  const [state, [due], [unmeasured], examples] = await Promise.all([
    readFiguresState(db),
    db.select({ n: sql<number>`count(DISTINCT ${measuresDue.ticketId})::int` }).from(measuresDue),
    db.select({ n: count() }).from(unmeasuredTickets),
    db.select().from(unmeasuredTickets).orderBy(asc(unmeasuredTickets.ticketId)).limit(EXAMPLES),
  ]);
  return { state, due: due?.n ?? 0, unmeasured: unmeasured?.n ?? 0, examples };
}

/** More tickets than wait to be measured in ordinary work. */
const MANY = 100;

/** Whether many tickets wait to be measured, as after a first import, so that figures are of some tickets only. */
export async function isMeasuringBehind(db: Database): Promise<boolean> {
  const waiting = await db.select({ id: measuresDue.id }).from(measuresDue).limit(MANY);
  return waiting.length === MANY;
}
