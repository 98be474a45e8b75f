// Claims the entries that this process performs next, with a lease.
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../storage/database.ts';
import { isCovered } from './activation.ts';
import { dueEntries, type Lane } from './due.ts';
import type { EffectDefinition, EffectPriority } from './effect-definition.ts';

/** One outbox entry. */
export interface Entry<Payload> {
  readonly id: number;
  /** The id of its subject, such as a ticket. */
  readonly subjectId: number | null;
  readonly coalesceKey: string;
  readonly payload: Payload;
  readonly priority: EffectPriority;
  /** Distinguishes this claim from every other of the same entry. */
  readonly claim: number;
  /** Counted failures so far. */
  readonly attempts: number;
  /** Consecutive claims before this one whose outcome was never recorded. */
  readonly unfinished: number;
  readonly createdAt: Date;
  /** The outcome of an earlier attempt is unknown: the effect may have been performed. */
  readonly inDoubt: boolean;
  /** Attempted before: performed alone, not together with others. */
  readonly alone: boolean;
}

/** Only this file can create one, and copying an entry does not copy its private member. */
class Fence {
  protected readonly fence = true;
}

/**
 * An entry that this process has claimed. Settling requires one, so no code can settle what it has not claimed. Settling with a claim
 * that another process has taken over since changes nothing.
 */
export type Claimed<Payload> = Fence & Entry<Payload>;

export interface ClaimOptions {
  lane: Lane;
  /** At most this many coalescing keys; all open entries of each are claimed. */
  groups: number;
  leaseMs: number;
}

/** Any fixed pair; locks with two numbers cannot collide with the one-number locks of single tickets. Former versions use the same pair. */
const LOCK = [4600, 2] as const;

/**
 * Serializes claims until the end of the transaction, a few milliseconds. Row locks are not enough: two
 * processes could each claim a different entry of the same key.
 */
async function takeTurn(tx: Queryable): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK[0]}, ${LOCK[1]})`);
}

// A type, not an interface: `execute` requires an index signature.
type RawEntry = {
  id: number;
  subject_id: number | null;
  coalesce_key: string;
  payload: unknown;
  priority: EffectPriority;
  claims: number;
  attempts: number;
  unfinished: number;
  created_ms: number;
  in_doubt: boolean;
  alone: boolean;
};
/** The `RETURNING` columns of the claimed entry `o`; `unfinished` counts claims before this one. */
const RETURNED = sql`o.id::float8 AS id, o.ticket_id::float8 AS subject_id, o.coalesce_key, o.payload, o.priority, o.claims, o.attempts,
  o.unfinished - 1 AS unfinished, (extract(epoch FROM o.created_at) * 1000)::float8 AS created_ms, o.alone`;

export interface ClaimedEntries<Payload> {
  /** By coalescing key, each with its oldest entry first. */
  groups: Claimed<Payload>[][];
  /** Entries whose payload is invalid. */
  unreadable: Claimed<unknown>[];
}

/**
 * Claims the open entries of up to `groups` coalescing keys and returns them by key, each oldest first: urgent keys before others, and among
 * these the one due longest. No key is ever claimed by two processes.
 */
export async function claimEntries<Payload>(
  db: Database,
  definition: EffectDefinition<Payload>,
  { lane, groups, leaseMs }: ClaimOptions,
): Promise<ClaimedEntries<Payload>> {
  const kind = definition.name;
  const claimed = await db.transaction(async (tx) => {
    await takeTurn(tx);
    const { rows } = await tx.execute<RawEntry>(sql`
      WITH due AS (
        SELECT d.coalesce_key FROM (${dueEntries({ name: kind, isCovered: isCovered(definition) }, lane, groups)}) AS d
        GROUP BY d.coalesce_key ORDER BY min(d.priority), min(d.due_at), min(d.id) LIMIT ${groups}),
      taken AS (
        SELECT t.id, t.in_doubt FROM due CROSS JOIN LATERAL (
          SELECT o.id, o.state = 'in_flight' AS in_doubt FROM outbox o
          WHERE o.kind = ${kind} AND o.coalesce_key = due.coalesce_key AND o.state IN ('waiting', 'in_flight')
            AND (SELECT ${isCovered(definition)} FROM acting() a)
          OFFSET 0 FOR UPDATE SKIP LOCKED) AS t)
      UPDATE outbox o
      SET state = 'in_flight', claims = o.claims + 1, unfinished = o.unfinished + 1,
        claimed_until = now() + ${leaseMs}::float8 * interval '1 millisecond'
      WHERE o.id = ANY (ARRAY(SELECT taken.id FROM taken))
      RETURNING ${RETURNED}, (SELECT taken.in_doubt FROM taken WHERE taken.id = o.id) AS in_doubt`);
    return rows;
  });
  return readEntries(definition, claimed);
}

/** Entries that were handed to one external job. */
export interface ClaimedJob<Payload> extends ClaimedEntries<Payload> {
  id: string;
  /** Since it was handed over. */
  ageMs: number;
}

/** Claims the external job that is due for a check; null: none is due. The caller settles its entries or renews them. */
export async function claimJobOutside<Payload>(
  db: Database,
  definition: EffectDefinition<Payload>,
  leaseMs: number,
): Promise<ClaimedJob<Payload> | null> {
  const kind = definition.name;
  return db.transaction(async (tx) => {
    await takeTurn(tx);
    const { rows } = await tx.execute<RawEntry & { job: string; age_ms: number }>(sql`
      UPDATE outbox o SET claims = o.claims + 1, claimed_until = now() + ${leaseMs}::float8 * interval '1 millisecond'
      WHERE o.kind = ${kind} AND o.state = 'in_flight' AND o.zendesk_job_id = (
        SELECT d.zendesk_job_id FROM outbox d
        WHERE d.kind = ${kind} AND d.state = 'in_flight' AND d.zendesk_job_id IS NOT NULL AND d.claimed_until < now()
        ORDER BY d.claimed_until LIMIT 1)
      RETURNING ${RETURNED}, true AS in_doubt, o.zendesk_job_id AS job,
        (extract(epoch FROM now() - o.due_at) * 1000)::float8 AS age_ms`);
    const [first] = rows;
    // Its process need not have died: a job is normally checked several times.
    const read = readEntries(
      definition,
      rows.map((row) => ({ ...row, unfinished: 0 })),
    );
    return first ? { id: first.job, ageMs: first.age_ms, ...read } : null;
  });
}

export async function countJobsOutside(db: Database, kind: string): Promise<number> {
  const { rows } = await db.execute<{ jobs: number }>(sql`
    SELECT count(DISTINCT zendesk_job_id)::int AS jobs FROM outbox
    WHERE kind = ${kind} AND state = 'in_flight' AND zendesk_job_id IS NOT NULL`);
  return rows[0]?.jobs ?? 0;
}

/** The claims as a table `c`, for `FROM`. */
export const claimTable = (claims: readonly Claimed<unknown>[]): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(claims.map(({ id, claim }) => ({ id, claim })))}::jsonb) AS c(id bigint, claim int)`;

function readEntries<Payload>(
  { payload }: EffectDefinition<Payload>,
  rows: readonly RawEntry[],
): ClaimedEntries<Payload> {
  const byKey = new Map<string, Claimed<Payload>[]>();
  const unreadable: Claimed<unknown>[] = [];
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    const read = payload.safeParse(row.payload);
    if (!read.success) {
      unreadable.push(asClaimed(row, row.payload));
      continue;
    }
    const entry = asClaimed(row, read.data);
    const list = byKey.get(entry.coalesceKey);
    if (list) list.push(entry);
    else byKey.set(entry.coalesceKey, [entry]);
  }
  return { groups: [...byKey.values()], unreadable };
}

function asClaimed<Payload>(row: RawEntry, payload: Payload): Claimed<Payload> {
  return Object.assign(new Fence(), {
    id: row.id,
    subjectId: row.subject_id,
    coalesceKey: row.coalesce_key,
    payload,
    priority: row.priority,
    claim: row.claims,
    attempts: row.attempts,
    unfinished: row.unfinished,
    createdAt: new Date(Math.floor(row.created_ms)),
    inDoubt: row.in_doubt,
    alone: row.alone,
  });
}

/** Claims of this process, which still runs: the interruption did not end it. */
const interrupted: Claimed<unknown>[] = [];

/** Call it when a run ends with a database error: then nothing can be recorded. */
export function rememberInterrupted(claims: readonly Claimed<unknown>[]): void {
  interrupted.push(...claims);
}

/** Call it when the database may be available again. Entries that were settled or claimed again since are unchanged. */
export async function takeBackInterrupted(db: Database): Promise<void> {
  if (interrupted.length === 0) return;
  const claims = [...interrupted];
  await db.execute(sql`
    UPDATE outbox o SET unfinished = greatest(o.unfinished - 1, 0) FROM ${claimTable(claims)}
    WHERE o.id = c.id AND o.claims = c.claim AND o.state = 'in_flight'`);
  interrupted.splice(0, claims.length);
}
