// Starts, pauses and reads sweeps, for operators.
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { type SweepFilter, type SweepRow, sweeps, sweepTickets, type TicketPlace } from './tables.ts';

/** Asks the service to find out what a sweep would change. Returns the id. */
export async function planSweep(
  db: Queryable,
  asked: Pick<SweepRow, 'origin' | 'who' | 'why'> & { filter: SweepFilter },
): Promise<number> {
  const [made] = await db
    .insert(sweeps)
    .values({ ...asked, state: 'planning' })
    .returning({ id: sweeps.id });
  if (!made) throw new Error('The sweep could not be stored.');
  return made.id;
}

/** What may be done with a sweep in which state. */
const STEPS = {
  run: { from: ['planned'], set: { state: 'running', begunAt: sql`now()` } },
  cancel: { from: ['planning', 'planned'], set: { state: 'cancelled', finishedAt: sql`now()` } },
  undo: {
    from: ['running', 'done'],
    set: { state: 'undoing', paused: false, pausedBecause: null, finishedAt: null },
  },
} as const;

/** False: it is in a state in which that cannot be done. */
export async function stepSweep(db: Queryable, id: number, step: keyof typeof STEPS): Promise<boolean> {
  const { from, set } = STEPS[step];
  const changed = await db
    .update(sweeps)
    .set(set)
    .where(
      and(
        eq(sweeps.id, id),
        inArray(sweeps.state, [...from]),
        step === 'run' ? eq(sweeps.origin, 'operator') : undefined,
      ),
    )
    .returning({ id: sweeps.id });
  return changed.length > 0;
}

/** False: it does not run. */
export async function pauseSweep(
  db: Queryable,
  id: number,
  paused: boolean,
  because: string | null = null,
): Promise<boolean> {
  const changed = await db
    .update(sweeps)
    .set({ paused, pausedBecause: because })
    .where(and(eq(sweeps.id, id), inArray(sweeps.state, ['running', 'undoing'])))
    .returning({ id: sweeps.id });
  return changed.length > 0;
}

/** A sweep with how many of its tickets are in each state. */
export interface SweepStatus extends SweepRow {
  readonly tickets: Readonly<Partial<Record<(typeof sweepTickets.$inferSelect)['state'], number>>>;
  /** Changes of its tickets that are recorded and not written yet. */
  readonly waiting: number;
}

/** Null: there is no such sweep. */
export async function readSweep(db: Database, id: number): Promise<SweepStatus | null> {
  const [row] = await db.select().from(sweeps).where(eq(sweeps.id, id));
  if (!row) return null;
  const states = await db
    .select({ state: sweepTickets.state, n: count() })
    .from(sweepTickets)
    .where(eq(sweepTickets.sweepId, id))
    .groupBy(sweepTickets.state);
  return {
    ...row,
    tickets: Object.fromEntries(states.map(({ state, n }) => [state, n])),
    waiting: await countWaiting(db, id),
  };
}

/** The latest first. */
export function listSweeps(db: Database, most = 20): Promise<SweepRow[]> {
  return db.select().from(sweeps).where(eq(sweeps.origin, 'operator')).orderBy(desc(sweeps.id)).limit(most);
}

/** Changes of the sweep's tickets that wait to be written. */
export async function countWaiting(db: Queryable, sweepId: number): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM outbox o JOIN sweep_tickets s ON s.sweep_id = ${sweepId} AND s.ticket_id = o.ticket_id
    WHERE o.kind = 'ticket_change' AND o.state IN ('waiting', 'in_flight') AND s.state IN ('changed', 'restored', 'kept')`);
  return rows[0]?.n ?? 0;
}

/** One way that tickets go, and how many of them. */
export interface SweepMove {
  readonly before: TicketPlace;
  readonly after: TicketPlace;
  readonly trigger: string | null;
  readonly n: number;
  /** Some of the tickets. */
  readonly examples: readonly number[];
}

/** The ways that the tickets of a sweep go, the most frequent first. */
export async function listMoves(db: Database, sweepId: number, most = 50): Promise<SweepMove[]> {
  const place = (of: 'before' | 'after') => {
    const column = sql.raw(of);
    return sql`jsonb_build_object('category', ${column}->'category', 'tier', ${column}->'tier', 'priority', ${column}->'priority', 'groupId', ${column}->'groupId')`;
  };
  const { rows } = await db.execute<{
    before: TicketPlace;
    after: TicketPlace;
    trigger: string | null;
    n: number;
    examples: number[];
  }>(sql`
    SELECT ${place('before')} AS before, ${place('after')} AS after, trigger, count(*)::int AS n,
      (array_agg(ticket_id::float8 ORDER BY ticket_id))[1:5] AS examples
    FROM sweep_tickets WHERE sweep_id = ${sweepId} GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2, 3 LIMIT ${most}`);
  return rows;
}

/** What runs or waits for a person, in a sentence; null: nothing does. */
export async function describeOpenSweeps(db: Database): Promise<string | null> {
  const rows = await db
    .select()
    .from(sweeps)
    .where(inArray(sweeps.state, ['planning', 'planned', 'running', 'undoing']));
  const parts: string[] = [];
  for (const { id, origin, state, paused, pausedBecause } of rows) {
    if (origin === 'reload' && state === 'planned') {
      const n = await db.$count(sweepTickets, eq(sweepTickets.sweepId, id));
      if (n > 0) parts.push(`the policy in force would decide ${n} open tickets differently (npx deskwright sweep)`);
    } else if (state === 'running' || state === 'undoing') {
      const left = await db.$count(
        sweepTickets,
        and(eq(sweepTickets.sweepId, id), eq(sweepTickets.state, state === 'running' ? 'planned' : 'changed')),
      );
      const doing = paused
        ? `is paused${pausedBecause ? ` (${pausedBecause}; deskwright sweep status ${id} says what to do)` : ''}`
        : state === 'running'
          ? 'runs'
          : 'is being undone';
      parts.push(`sweep ${id} ${doing}, ${left} tickets left`);
    }
  }
  return parts.length > 0 ? parts.join('; ') : null;
}
