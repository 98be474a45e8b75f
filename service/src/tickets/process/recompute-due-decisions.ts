// Recomputes when tickets are next decided, after the policy's conditions on time have changed.
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

/** A process may use its policy for a moment after another has loaded a newer one, and clocks differ. */
const OVERLAP = sql`interval '1 minute'`;

/** The policy for which the rows were computed. */
interface ComputedFor {
  /** Digest of the triggers with time conditions. */
  rules: string;
  /** Hash of the whole policy. */
  hash: string;
  /** When the first process loaded it. ISO 8601. */
  at: string;
}

/**
 * Call it when a process has loaded a policy. If its time conditions have changed, the next time of every open ticket is recomputed, as by
 * `nextDecisionAt`: a time in the past makes the ticket due at once. If another process was faster, only tickets are that were decided by an
 * older policy since. Other edits change nothing.
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
