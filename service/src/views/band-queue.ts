// Keeps each waiting ticket's band in the queue: as tickets change, as time passes, and after a change of the policy.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { queueBand, REST } from '../decide/queue-band.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';

/** Read by the trigger of `tickets`: without this setting it notes nothing. */
const KEY = 'queue_order';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_024;
const AT_ONCE = 500;

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
    if (preparedFor !== inForce.hash) {
      await prepare(db, inForce);
      preparedFor = inForce.hash;
    }
    if (inForce.policy.queue_order === undefined) return;
    while (!signal.aborted && (await bandDue(db, inForce, clock())) === AT_ONCE);
  };
}

/** If what bands depend on has changed in the policy, every waiting ticket is due; without `queue_order` all stand in one band. */
async function prepare(db: Database, { policy }: PolicyInForce): Promise<void> {
  const { queue_order: order, targets, business_hours: hours, time_zone: zone } = policy;
  const digest =
    order &&
    createHash('sha256')
      .update(JSON.stringify([order, targets, hours, zone]))
      .digest('hex');
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [stored] = await tx.select().from(settings).where(eq(settings.key, KEY));
    if (stored?.value === digest) return;
    if (digest === undefined) {
      await tx.delete(settings).where(eq(settings.key, KEY));
      await tx.execute(sql`DELETE FROM queue_due`);
      await tx.execute(sql`UPDATE tickets SET queue_band = ${REST} WHERE queue_band <> ${REST}`);
      return;
    }
    await tx
      .insert(settings)
      .values({ key: KEY, value: digest })
      .onConflictDoUpdate({ target: settings.key, set: { value: digest } });
    await tx.execute(sql`
      INSERT INTO queue_due (ticket_id, due_at)
      SELECT id, '-infinity' FROM tickets WHERE gone IS NULL AND waiting_since IS NOT NULL
      ON CONFLICT (ticket_id) DO UPDATE SET due_at = excluded.due_at`);
  });
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

/** Computes the bands of up to `AT_ONCE` tickets that are due, and when each is due again. Returns how many were. */
function bandDue(db: Database, inForce: PolicyInForce, now: number): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await takeDue(tx, new Date(now));
    const banded = rows.map(({ id, waiting_since: since, ...ticket }) => {
      const { band, changesAt } = since
        ? queueBand(inForce, { ...ticket, waitingSince: new Date(since).getTime() }, now)
        : { band: REST, changesAt: null };
      return { id, band, due: changesAt === null ? null : new Date(changesAt).toISOString() };
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
 * The tickets are locked before their due rows are read, as whoever changes a ticket locks it before the trigger notes it as due: so no
 * note is lost, and nobody waits in a circle. One that somebody else holds stays due.
 */
async function takeDue(tx: Queryable, now: Date): Promise<DueRow[]> {
  await tx.execute(
    sql`DELETE FROM queue_due WHERE NOT EXISTS (SELECT FROM tickets WHERE id = ticket_id) AND due_at <= ${now.toISOString()}::timestamptz`,
  );
  const { rows } = await tx.execute<DueRow>(sql`
    SELECT tickets.id, tier, priority, type, via, CASE WHEN gone IS NULL THEN waiting_since END AS waiting_since,
      EXISTS (SELECT FROM comments WHERE comments.ticket_id = tickets.id AND public AND author IN ('agent', 'us')) AS answered
    FROM tickets JOIN queue_due ON queue_due.ticket_id = tickets.id
    WHERE due_at <= ${now.toISOString()}::timestamptz
    ORDER BY due_at, tickets.id LIMIT ${AT_ONCE}
    FOR UPDATE OF tickets SKIP LOCKED`);
  return rows;
}
