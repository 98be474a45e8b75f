// Stops all refunds at once, and lets them go on: each with who and why, which stays on record.
import { desc, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { refundStops } from './tables.ts';

const LOCK = sql`LOCK TABLE refund_stops IN SHARE ROW EXCLUSIVE MODE`;

export interface NewStop {
  readonly action: 'stop' | 'resume';
  /** The person at the command line. */
  readonly who: string;
  readonly why: string;
  readonly at: Date;
}

/** The stop in force; null: refunds may be made. */
export async function readStop(db: Queryable): Promise<NewStop | null> {
  const [last] = await db.select().from(refundStops).orderBy(desc(refundStops.id)).limit(1);
  return last?.action === 'stop' ? last : null;
}

/** @returns false if nothing changed: they were stopped already, or were not stopped */
export async function recordStop(db: Database, stop: NewStop): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(LOCK);
    const isStopped = (await readStop(tx)) !== null;
    if (isStopped === (stop.action === 'stop')) return false;
    await tx.insert(refundStops).values(stop);
    return true;
  });
}

/** Newest first. */
export async function listStops(db: Queryable, most = 20): Promise<NewStop[]> {
  return db.select().from(refundStops).orderBy(desc(refundStops.id)).limit(most);
}
