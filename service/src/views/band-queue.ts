// Keeps each waiting ticket's band in the queue: as tickets change, as time passes, and after a change of the policy.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { queueBand, REST } from '../decide/queue-band.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { idsOf } from '../platform/storage/joined-queries.ts';
import { settings } from '../platform/storage/tables.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';

/** Read by the trigger of `tickets`: without this setting it notes nothing. */
const KEY = 'queue_order';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_024;
/** Tickets at a time: they are locked, and computing bands blocks other work for some 0.2 ms a ticket. */
const AT_ONCE = 200;
/** Stored while bands are being removed. */
const LEAVING = '';
/** A band that time may change is computed at least this often, as an older answer may be learnt of later without any change of the ticket. */
const AGAIN_AFTER_MS = 3_600_000;

interface BandDeps {
  db: Database;
  policy: { current: () => PolicyInForce };
  /** Epoch milliseconds. */
  clock: () => number;
  signal: AbortSignal;
}

/** Returns the work of a recurring job. A policy without `queue_order` costs nothing once that is stored. */
export function bandQueue({ db, policy, clock, signal }: BandDeps): () => Promise<void> {
  let preparedFor: string | null = null;
  return async () => {
    const inForce = policy.current();
    const digest = digestOf(inForce);
    if (preparedFor !== inForce.hash) {
      const isReady = digest === null ? await leave(db) : await begin(db, digest);
      if (!isReady) return;
      preparedFor = inForce.hash;
    }
    if (digest === null) return;
    while (!signal.aborted && (await bandDue(db, { inForce, digest, now: clock() })) === AT_ONCE);
    await deleteOrphans(db, clock());
  };
}

/** Of everything in the policy that bands depend on. Null: it has no `queue_order`. */
function digestOf({ policy }: PolicyInForce): string | null {
  const { queue_order: order, targets, business_hours: hours, time_zone: zone } = policy;
  if (order === undefined) return null;
  return createHash('sha256')
    .update(JSON.stringify([order, targets, hours, zone]))
    .digest('hex');
}

/** If what bands depend on has changed in the policy, every waiting ticket is due. */
function begin(db: Database, digest: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    if ((await lockSetting(tx)) === digest) return true;
    await saveSetting(tx, digest);
    await waitForNotes(tx);
    await tx.execute(sql`
      INSERT INTO queue_due (ticket_id, due_at)
      SELECT id, '-infinity' FROM tickets WHERE gone IS NULL AND waiting_since IS NOT NULL
      ON CONFLICT (ticket_id) DO UPDATE SET due_at = excluded.due_at`);
    return true;
  });
}

/** Without `queue_order` all tickets stand in one band. False: somebody holds some of them, and this must be called again. */
async function leave(db: Database): Promise<boolean> {
  const isLeaving = await db.transaction(async (tx) => {
    const stored = await lockSetting(tx);
    if (stored !== undefined && stored !== LEAVING) await saveSetting(tx, LEAVING);
    return stored !== undefined;
  });
  if (!isLeaving) return true;
  // Nobody's ticket is waited for: whoever holds one may be waiting to note it as due.
  await db.execute(sql`
    UPDATE tickets SET queue_band = ${REST} FROM (SELECT id FROM tickets WHERE queue_band <> ${REST} FOR UPDATE SKIP LOCKED) AS free
    WHERE tickets.id = free.id`);
  return db.transaction(async (tx) => {
    if ((await lockSetting(tx)) !== LEAVING) return false;
    const { rowCount } = await tx.execute(sql`SELECT FROM tickets WHERE queue_band <> ${REST} LIMIT 1`);
    if (rowCount !== 0) return false;
    await tx.delete(settings).where(eq(settings.key, KEY));
    await waitForNotes(tx);
    await tx.execute(sql`DELETE FROM queue_due`);
    return true;
  });
}

/** Waits until no process is ordering the queue, and keeps others from it. Returns the stored setting. */
async function lockSetting(tx: Queryable): Promise<string | undefined> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
  const [stored] = await tx.select().from(settings).where(eq(settings.key, KEY));
  return stored && String(stored.value);
}

async function saveSetting(tx: Queryable, value: string): Promise<void> {
  await tx.insert(settings).values({ key: KEY, value }).onConflictDoUpdate({ target: settings.key, set: { value } });
}

/**
 * Waits for all who have changed a ticket under the former setting, so that their tickets are seen; those who come later wait for this
 * transaction and find the new setting. Row by row this could deadlock with transactions that note several tickets.
 */
async function waitForNotes(tx: Queryable): Promise<void> {
  await tx.execute(sql`LOCK TABLE queue_due IN SHARE ROW EXCLUSIVE MODE`);
}

interface DueRow extends Record<string, unknown> {
  id: string;
  tier: string | null;
  priority: string | null;
  type: string | null;
  via: string | null;
  /** Null: nobody waits. */
  waiting_since: Date | null;
  answered: boolean;
}

interface Ordering {
  readonly inForce: PolicyInForce;
  readonly digest: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Computes the bands of up to `AT_ONCE` tickets that are due, and when each is due again. Returns how many were. */
function bandDue(db: Database, { inForce, digest, now }: Ordering): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await takeDue(tx, digest, new Date(now));
    const banded = rows.map(({ id, waiting_since: since, ...ticket }) => {
      const { band, changesAt } = since
        ? queueBand(inForce, { ...ticket, waitingSince: new Date(since).getTime() }, now)
        : { band: REST, changesAt: null };
      return {
        id,
        band,
        due: changesAt === null ? null : new Date(Math.min(changesAt, now + AGAIN_AFTER_MS)).toISOString(),
      };
    });
    if (banded.length === 0) return 0;
    const given = sql`jsonb_to_recordset(${JSON.stringify(banded)}::jsonb) AS given(id bigint, band smallint, due timestamptz)`;
    await tx.execute(sql`
      UPDATE tickets SET queue_band = given.band FROM ${given} WHERE tickets.id = given.id AND queue_band <> given.band`);
    await tx.execute(sql`DELETE FROM queue_due USING ${given} WHERE ticket_id = given.id AND given.due IS NULL`);
    await tx.execute(
      sql`UPDATE queue_due SET due_at = given.due FROM ${given} WHERE ticket_id = given.id AND given.due IS NOT NULL`,
    );
    return banded.length;
  });
}

/**
 * The tickets are locked before they are read, as whoever changes a ticket locks it before the trigger notes it as due: so no note is lost,
 * and nobody waits in a circle. One that somebody else holds stays due. None while another process has another policy's order in force.
 */
async function takeDue(tx: Queryable, digest: string, now: Date): Promise<DueRow[]> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
  const { rows: locked } = await tx.execute<{ id: string }>(sql`
    SELECT tickets.id FROM queue_due JOIN tickets ON tickets.id = ticket_id
    WHERE due_at <= ${now.toISOString()}::timestamptz
      AND (SELECT value #>> '{}' FROM settings WHERE key = ${KEY}) = ${digest}
    ORDER BY due_at, ticket_id LIMIT ${AT_ONCE}
    FOR UPDATE OF tickets SKIP LOCKED`);
  if (locked.length === 0) return [];
  // A second statement: it sees what the last holder of each ticket has committed.
  const { rows } = await tx.execute<DueRow>(sql`
    SELECT id, tier, priority, type, via, CASE WHEN gone IS NULL THEN waiting_since END AS waiting_since,
      EXISTS (SELECT FROM comments WHERE comments.ticket_id = tickets.id AND public AND author IN ('agent', 'us')) AS answered
    FROM tickets WHERE id = ANY(${idsOf(locked.map(({ id }) => Number(id)))}::bigint[])`);
  return rows;
}

/** Deletes what is due of tickets that no longer exist. */
async function deleteOrphans(db: Database, now: number): Promise<void> {
  await db.execute(sql`
    DELETE FROM queue_due WHERE due_at <= ${new Date(now).toISOString()}::timestamptz
      AND NOT EXISTS (SELECT FROM tickets WHERE id = ticket_id)`);
}
