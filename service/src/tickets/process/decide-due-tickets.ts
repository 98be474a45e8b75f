// Decides tickets again when the result of a condition on time changes without any event.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { shareOfBoth } from '../../decide/share.ts';
import { asksTime } from '../../decide/time-conditions.ts';
import { inParallel } from '../../platform/do-each.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { lockTicket, readConversation, saveTicket } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { dueDecisions, tickets } from '../tables.ts';
import { decideRow, type Names, namesFor } from './decide-row.ts';
import type { PipelineDeps } from './deps.ts';
import {
  deleteNextDecision,
  listDueTickets,
  nextDecisionAt,
  postponeDecision,
  saveNextDecisions,
} from './due-decisions.ts';
import type { Plan } from './plan-change.ts';
import { callRecordHooks, decidedPlacement } from './record-of.ts';
import { batchOfOne } from './statement-batch.ts';

/**
 * Returns the work of a recurring job: after a policy was loaded it recomputes the tickets' next times, then it decides what is due. Returns
 * how many tickets were decided. Failures are retried by the next run.
 */
export function createDueDecider(deps: DueDeps): () => Promise<number> {
  let computedFor: string | null = null;
  return async () => {
    const inForce = deps.policy.current();
    if (computedFor !== inForce.hash) {
      await recomputeDueDecisions(deps.db, inForce, new Date(deps.clock()));
      computedFor = inForce.hash;
    }
    return decideDueTickets(deps);
  };
}

const KEY = 'time_rules';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_048;

/** A process may use its policy for a moment after another has loaded a newer one, and clocks differ. */
const OVERLAP = sql`interval '1 minute'`;

/** The policy for which the rows were computed. */
interface ComputedFor {
  /** Digest of the triggers with time conditions, and for how many tickets they act. */
  rules: string;
  /** Hash of the whole policy. */
  hash: string;
  /** When the first process loaded it. ISO 8601. */
  at: string;
}

/**
 * Call it when a process has loaded a policy. If its time conditions, or for which tickets they act, have changed, the next time of every open ticket is recomputed, as by
 * `nextDecisionAt`: a time in the past makes the ticket due at once. If another process was faster, only the tickets
 * that were decided by an older policy since then are recomputed. Other edits change nothing.
 */
async function recomputeDueDecisions(
  db: Database,
  { policy, compiled, hash }: PolicyInForce,
  now: Date,
): Promise<void> {
  const timed = policy.triggers.filter(({ conditions }) => asksTime(conditions));
  const rules = createHash('sha256')
    .update(
      JSON.stringify(
        timed.map(({ conditions, actions, mode }) => {
          const share = shareOfBoth(policy.mode, mode);
          return { conditions, actions, ...(share < 100 && { share }) };
        }),
      ),
    )
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

interface DueDeps extends PipelineDeps {
  onDecided?: (outcome: Plan['outcome']) => void;
  /** Aborted: no further ticket is started. */
  signal?: AbortSignal;
}

/** Each uses one connection; events, which people wait for, have more. */
const AT_ONCE = 2;
/** In one run; the next follows in seconds. Thousands that a new policy makes due at once must not delay events. */
const MOST = 500;
/** How long to wait before retrying a ticket whose own data cannot be decided. */
const POSTPONE_MS = 300_000;

/**
 * Decides what is due, the longest overdue first, each ticket in its own transaction. Several processes may do so at once: the
 * second finds the ticket decided. Returns how many were decided. Throws when Zendesk or the database is unavailable; the rest stays due.
 */
async function decideDueTickets(deps: DueDeps): Promise<number> {
  const due = await listDueTickets(deps.db, new Date(deps.clock()), MOST);
  let decided = 0;
  await inParallel(
    due,
    AT_ONCE,
    async (ticketId) => {
      if (await decideOne(deps, ticketId)) decided += 1;
    },
    deps.signal,
  );
  return decided;
}

/** Whether the ticket had to be decided. */
async function decideOne(deps: DueDeps, ticketId: number): Promise<boolean> {
  try {
    const outcome = await decideDueTicket(deps, ticketId);
    if (outcome !== null) deps.onDecided?.(outcome);
    return outcome !== null;
  } catch (error) {
    if (isTemporary(error)) throw error;
    await postponeDecision(deps.db, ticketId, new Date(deps.clock() + POSTPONE_MS));
    deps.logger.error(
      { ticketId, ...aboutError(error) },
      'A due ticket could not be decided; it is retried in five minutes',
    );
    return false;
  }
}

/** Null: it is not due (any more). */
async function decideDueTicket(deps: DueDeps, ticketId: number): Promise<Plan['outcome'] | null> {
  const [seen] = await deps.db.select().from(tickets).where(eq(tickets.id, ticketId));
  if (!seen) return null;
  const names = await namesFor(deps, seen);
  return deps.db.transaction(async (tx) => {
    const row = await lockTicket(tx, ticketId);
    const inForce = deps.policy.current();
    const dueAt = row && nextDecisionAt(row, inForce);
    if (!row || dueAt === null) {
      await deleteNextDecision(tx, ticketId);
      return null;
    }
    if (dueAt.getTime() > deps.clock() || row.placedBy === 'human') {
      await saveNextDecisions(tx, [{ row, inForce }]);
      return null;
    }
    const decided = await decideAgain(tx, deps, { cause: 'time', inForce, row, names });
    return decided.outcome;
  });
}

interface DecideAgain {
  /** `time` or `sweep`. */
  cause: string;
  inForce: PolicyInForce;
  /** Locked by the caller in this transaction. */
  row: TicketRow;
  names: Names;
}

/** Returns what `decideRow` does; the ticket, its record and its next time are saved. */
export async function decideAgain(tx: Queryable, deps: PipelineDeps, { cause, inForce, row, names }: DecideAgain) {
  const ticketId = row.id;
  const { lastCustomerComment } = await readConversation(tx, ticketId);
  const decided = await decideRow(batchOfOne(tx), deps, {
    because: { ticketId, inboxId: null, cause },
    inForce,
    row,
    lastCustomerComment,
    names,
    hasOpenDecisions: true,
  });
  const placement = decidedPlacement({ ...decided, before: row, isKnown: true, at: new Date(deps.clock()) });
  await callRecordHooks(deps.hooks, batchOfOne(tx), { news: [], decided: placement });
  await saveTicket(tx, decided.row);
  await saveNextDecisions(tx, [{ row: decided.row, inForce }]);
  return decided;
}
