// Reads how up to date the figures are, for operators.
import { asc, count, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { measuresDue, unmeasuredTickets } from '../tables.ts';
import { type FiguresState, readFiguresState } from './figures-state.ts';

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
