// Computes anew when tickets are decided again, after the policy's conditions on time have changed.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { asksTime } from '../../decide/time-conditions.ts';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { dueDecisions } from '../tables.ts';

const KEY = 'time_rules';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_048;

/** A process decides by its policy for a moment after another has loaded a newer one, and clocks differ. */
const OVERLAP = sql`interval '1 minute'`;

/** For which policy the rows are right. */
interface ComputedFor {
  /** Digest of the triggers on time. */
  rules: string;
  /** Of the whole policy. */
  hash: string;
  /** When the first process loaded it. ISO 8601. */
  at: string;
}

/**
 * To be called when a process has loaded a policy. If its triggers on time are new, every open ticket gets its moment anew, as
 * `nextDecisionAt` says: one that is past makes it due at once. If another process was quicker, only the tickets do that were decided by an
 * older policy since. An edit of anything else moves nothing.
 */
export async function recomputeDueDecisions(
  db: Database,
  { policy, compiled, hash }: PolicyInForce,
  now: Date,
): Promise<void> {
  const timed = policy.triggers.filter(({ conditions }) => asksTime(conditions));
  const rules = createHash('sha256')
    .update(JSON.stringify(timed.map(({ conditions, actions }) => ({ conditions, actions }))))
    .digest('hex');
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [stored] = await tx.select().from(settings).where(eq(settings.key, KEY));
    const before = stored?.value as ComputedFor | undefined;
    const isNew = before?.rules !== rules;
    if (before?.hash !== hash) {
      const value: ComputedFor = { rules, hash, at: now.toISOString() };
      await tx
        .insert(settings)
        .values({ key: KEY, value })
        .onConflictDoUpdate({ target: settings.key, set: { value } });
      if (!isNew) return;
    }
    if (isNew) await tx.delete(dueDecisions);
    if (timed.length === 0) return;
    await tx.execute(sql`
      INSERT INTO due_decisions (ticket_id, due_at)
      SELECT id, min(moment) FROM (
        SELECT id, CASE "from" WHEN 'createdAt' THEN created_at ELSE waiting_since END + "afterMs" * interval '1 ms' AS moment,
          CASE policy_hash WHEN ${hash} THEN decided_at ELSE '-infinity' END AS asked
        FROM tickets, jsonb_to_recordset(${JSON.stringify(compiled.timeThresholds)}::jsonb) AS threshold("from" text, "afterMs" float8)
        WHERE gone IS NULL AND erased_at IS NULL AND status NOT IN ('solved', 'closed') AND decided_at IS NOT NULL
          AND (${isNew} OR (policy_hash <> ${hash} AND decided_at > ${before?.at ?? null}::timestamptz - ${OVERLAP}))) AS moments
      WHERE moment > asked
      GROUP BY id
      ON CONFLICT (ticket_id) DO UPDATE SET due_at = excluded.due_at`);
  });
}
