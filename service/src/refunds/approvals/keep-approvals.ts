// Ends requests for approval that nobody answered in time, and escalates those that wait too long.
import type { Policy } from '@deskwright/shared';
import { and, asc, eq, isNull, lte, type SQL } from 'drizzle-orm';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { lockTicket, recordTicketChange } from '../../tickets/index.ts';
import { inNote } from '../enter-refund.ts';
import { refundApprovals } from '../tables.ts';
import { type NotifyApprovers, notifyApprovers } from './approvers.ts';

export const keepApprovalsJob = defineJob({
  name: 'keep-refund-approvals',
  payload: NOTHING,
  // The next round is the next attempt.
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

/** An expired request can be answered no longer at once, also before this. @returns how many expired and were escalated */
export async function keepApprovals(
  db: Database,
  { policy, notify, now }: { policy: Policy; notify: NotifyApprovers; now: Date },
): Promise<{ expired: number; escalated: number }> {
  const isOpen = eq(refundApprovals.state, 'open');
  const due = await db
    .select({ id: refundApprovals.id, ticketId: refundApprovals.ticketId })
    .from(refundApprovals)
    .where(and(isOpen, lte(refundApprovals.expiresAt, now)))
    .orderBy(asc(refundApprovals.id));
  let expired = 0;
  for (const { id, ticketId } of due)
    expired += await db.transaction(async (tx) => {
      await lockTicket(tx, ticketId);
      return expireApprovals(tx, eq(refundApprovals.id, id), now);
    });
  const { refunds } = policy;
  const escalated =
    refunds === undefined
      ? []
      : await db.transaction(async (tx) => {
          const rows = await tx
            .update(refundApprovals)
            .set({ escalatedAt: now })
            .where(and(isOpen, isNull(refundApprovals.escalatedAt), lte(refundApprovals.escalatesAt, now)))
            .returning();
          for (const row of rows) await notifyApprovers(tx, notify, { refunds, row, news: { is: 'escalated' } });
          return rows;
        });
  return { expired, escalated: escalated.length };
}

/** Call it with the ticket locked. @returns how many of these had expired and were open */
export async function expireApprovals(tx: Queryable, which: SQL | undefined, now: Date): Promise<number> {
  const rows = await tx
    .update(refundApprovals)
    .set({ state: 'expired' })
    .where(and(which, eq(refundApprovals.state, 'open'), lte(refundApprovals.expiresAt, now)))
    .returning();
  for (const { id, ticketId, amountMinor: minor, currency } of rows)
    await recordTicketChange(tx, {
      key: `refund-approval:${id}:expired`,
      ticketId,
      cause: 'agent',
      change: { note: `Nobody answered the request to refund ${inNote({ minor, currency })} in time` },
    });
  return rows.length;
}
