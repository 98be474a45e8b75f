// Starts, pauses and reads sweeps, for operators.
import { and, count, desc, eq, inArray, ne, sql } from 'drizzle-orm';
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

/** The sweep that changes tickets now: it runs or is being undone, and is not paused. Null: none does. */
export async function sweepAtWork(db: Queryable, except: number | null = null): Promise<SweepRow | null> {
  const isAtWork = and(inArray(sweeps.state, ['running', 'undoing']), eq(sweeps.paused, false));
  const isOther = except === null ? undefined : ne(sweeps.id, except);
  const [row] = await db.select().from(sweeps).where(and(isAtWork, isOther)).orderBy(desc(sweeps.id)).limit(1);
  return row ?? null;
}

/** Two at work would change the same tickets, and an undo of one would keep what the other changed. Null: another is at work. */
function alone<T>(db: Database, id: number, work: (tx: Queryable) => Promise<T>): Promise<T | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('deskwright sweep', 0))`);
    return (await sweepAtWork(tx, id)) === null ? work(tx) : null;
  });
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

/** False: it is in a state in which that cannot be done, or another sweep is at work, which keeps this one from beginning. */
export async function stepSweep(db: Database, id: number, step: keyof typeof STEPS): Promise<boolean> {
  if (step !== 'cancel') return (await alone(db, id, (tx) => doStep(tx, id, step))) ?? false;
  return doStep(db, id, step);
}

async function doStep(db: Queryable, id: number, step: keyof typeof STEPS): Promise<boolean> {
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

/** False: it does not run, or another sweep is at work, which keeps this one from going on. */
export async function pauseSweep(
  db: Database,
  id: number,
  paused: boolean,
  because: string | null = null,
): Promise<boolean> {
  const set = (tx: Queryable) => setPaused(tx, id, paused, because);
  return paused ? set(db) : ((await alone(db, id, set)) ?? false);
}

async function setPaused(db: Queryable, id: number, paused: boolean, because: string | null): Promise<boolean> {
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

/** One way that tickets go, and how many of them. Priority and group are null before and after where they stay. */
export interface SweepMove {
  /** Without those of category and tier, sorted. */
  readonly tags: { readonly added: readonly string[]; readonly removed: readonly string[] };
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
    const moved = (part: string) =>
      sql.raw(`CASE WHEN before->'${part}' IS DISTINCT FROM after->'${part}' THEN ${of}->'${part}' END`);
    return sql`jsonb_build_object('category', ${column}->'category', 'tier', ${column}->'tier', 'priority', ${moved('priority')}, 'groupId', ${moved('groupId')})`;
  };
  const tags = (of: 'addTags' | 'removeTags') => sql`(SELECT coalesce(jsonb_agg(tag ORDER BY tag), '[]')
    FROM jsonb_array_elements_text(coalesce(change->${of}, '[]')) AS tag WHERE tag !~ '^(category|tier)__')`;
  const { rows } = await db.execute<{ [Key in keyof SweepMove]: SweepMove[Key] }>(sql`
    SELECT ${place('before')} AS before, ${place('after')} AS after, trigger,
      jsonb_build_object('added', ${tags('addTags')}, 'removed', ${tags('removeTags')}) AS tags, count(*)::int AS n,
      (array_agg(ticket_id::float8 ORDER BY ticket_id))[1:5] AS examples
    FROM sweep_tickets WHERE sweep_id = ${sweepId} GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4 LIMIT ${most}`);
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
        ? `is paused${pausedBecause ? ` (${pausedBecause}; deskwright sweep status ${id} shows what to do)` : ''}`
        : state === 'running'
          ? 'runs'
          : 'is being undone';
      parts.push(`sweep ${id} ${doing}, ${left} tickets left`);
    }
  }
  return parts.length > 0 ? parts.join('; ') : null;
}
