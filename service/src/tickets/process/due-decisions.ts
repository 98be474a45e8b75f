// Stores when each ticket is next decided because time has passed: one row per ticket in `due_decisions`.
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { nextTimeChange } from '../../decide/time-conditions.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { dueDecisions, tickets } from '../tables.ts';

/**
 * When the result of a condition on time next differs from the last decision; null: never, as far as known. In the past if
 * that has already happened. A ticket decided by another policy counts as not decided. Finished, deleted and erased tickets have none.
 */
export function nextDecisionAt(row: TicketRow, { compiled, hash }: PolicyInForce): Date | null {
  if (row.gone || row.erasedAt || isFinished(row.status)) return null;
  const asked = row.decidedAt && row.policyHash === hash ? row.decidedAt.getTime() : Number.NEGATIVE_INFINITY;
  const moment = nextTimeChange(
    compiled.timeThresholds,
    { createdAt: row.createdAt.getTime(), waitingSince: row.waitingSince?.getTime() ?? null },
    asked,
  );
  return moment === null ? null : new Date(moment);
}

/** Keeps each ticket's next moment, or none. A policy that asks nothing of time costs no statement. */
export async function saveNextDecisions(
  tx: Queryable,
  decided: readonly { row: TicketRow; inForce: PolicyInForce }[],
): Promise<void[]> {
  const timed = decided.filter(({ inForce }) => inForce.compiled.timeThresholds.length > 0);
  const moments = timed.map(({ row, inForce }) => ({ ticketId: row.id, dueAt: nextDecisionAt(row, inForce) }));
  const due = moments.flatMap(({ ticketId, dueAt }) => (dueAt === null ? [] : { ticketId, dueAt }));
  const never = moments.flatMap(({ ticketId, dueAt }) => (dueAt === null ? ticketId : []));
  if (due.length > 0)
    await tx
      .insert(dueDecisions)
      .values(due)
      .onConflictDoUpdate({
        target: dueDecisions.ticketId,
        set: { dueAt: sql`excluded.due_at` },
        setWhere: sql`${dueDecisions.dueAt} <> excluded.due_at`,
      });
  if (never.length > 0) await tx.delete(dueDecisions).where(inArray(dueDecisions.ticketId, never));
  return decided.map(() => undefined);
}

export async function deleteNextDecision(tx: Queryable, ticketId: number): Promise<void> {
  await tx.delete(dueDecisions).where(eq(dueDecisions.ticketId, ticketId));
}

/**
 * Tickets due at `now`, the longest overdue first. A ticket with an override is left out, since nothing would change, and its row is
 * kept, because the override may be undone.
 */
export async function listDueTickets(db: Database, now: Date, most: number): Promise<number[]> {
  const rows = await db
    .select({ ticketId: dueDecisions.ticketId })
    .from(dueDecisions)
    .innerJoin(tickets, eq(tickets.id, dueDecisions.ticketId))
    .where(and(lte(dueDecisions.dueAt, now), eq(tickets.placedBy, 'policy')))
    .orderBy(asc(dueDecisions.dueAt))
    .limit(most);
  return rows.map(({ ticketId }) => ticketId);
}

/** Postpones a ticket that could not be decided, so that it does not block others. */
export async function postponeDecision(db: Database, ticketId: number, dueAt: Date): Promise<void> {
  await db.update(dueDecisions).set({ dueAt }).where(eq(dueDecisions.ticketId, ticketId));
}
