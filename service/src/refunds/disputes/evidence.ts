// Reads which payments the bank disputes, which evidence for them the policy wants, and what agents have collected, and marks it as collected.
import type { Policy } from '@deskwright/shared';
import type { DisputeEvidence, TickEvidence } from '@deskwright/shared/contract';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { people } from '../../directory/tables.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, agentName, aName, DONE, defineAction, refuse } from '../../sidebar/index.ts';
import { ofNoOpenTicket } from '../../tickets/index.ts';
import { disputeStateOf, NOT_FOUND, readFoundPayment } from '../execution/found-payments.ts';
import { foundPayments } from '../tables.ts';
import { evidenceTicks } from './tables.ts';

const DISPUTED = {
  payment: foundPayments.payment,
  isDisputed: foundPayments.isDisputed,
  disputeState: foundPayments.disputeState,
};

/** Open or lost, of the customer that the ticket has now, as when a refund is judged. */
export const disputedHere = ({ ticketId, requesterId }: Asked) =>
  rowsOf(DISPUTED, (select) =>
    select
      .from(foundPayments)
      .where(
        and(eq(foundPayments.ticketId, ticketId), eq(foundPayments.requesterId, requesterId), foundPayments.isDisputed),
      ),
  );

/**
 * What was collected for an earlier dispute of the payment does not count.
 * @param about `dispute`: the provider's id; empty: unknown. `reason`: in the provider's words; `unknown`: it may be any, so everything is shown
 */
export async function readEvidence(
  db: Queryable,
  { refunds }: Policy,
  about: { readonly ticketId: number; readonly payment: string; readonly dispute: string; readonly reason: string },
): Promise<DisputeEvidence[]> {
  const wanted = (refunds?.disputes?.evidence ?? []).filter(
    ({ reasons }) =>
      reasons === undefined || about.reason === 'unknown' || reasons.some((reason) => reason === about.reason),
  );
  if (wanted.length === 0) return [];
  const { ticketId, payment, evidence, dispute, agentId, doneAt } = evidenceTicks;
  const ticks = await db
    .select({ evidence, agentId, doneAt, name: people.name })
    .from(evidenceTicks)
    .leftJoin(people, eq(people.id, agentId))
    .where(
      and(eq(ticketId, about.ticketId), eq(payment, about.payment), or(isNull(dispute), eq(dispute, about.dispute))),
    );
  return wanted.map(({ id, text }) => {
    const tick = ticks.find((one) => one.evidence === id);
    return {
      id,
      text,
      done: tick === undefined ? null : { by: agentName(tick.name, tick.agentId), at: tick.doneAt.toISOString() },
    };
  });
}

export async function forgetEvidence(tx: Queryable, ticketIds: readonly number[]): Promise<void> {
  await tx.delete(evidenceTicks).where(inArray(evidenceTicks.ticketId, [...ticketIds]));
}

export async function pruneEvidence(db: Database, before: Date): Promise<void> {
  await db.delete(evidenceTicks).where(and(lt(evidenceTicks.doneAt, before), ofNoOpenTicket(evidenceTicks.ticketId)));
}

/** Marks it as collected or missing. The first agent who collected it for this dispute stays named; repeating it changes nothing. */
export const tickEvidence = defineAction({
  name: 'tick_evidence',
  method: 'put',
  path: '/evidence/:evidenceId',
  params: z.object({ evidenceId: aName }),
  body: z.strictObject({ payment: aName, done: z.boolean() }) satisfies z.ZodType<TickEvidence>,
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, policy, now }, { evidenceId, payment, done }) => {
    if (!policy.refunds?.disputes?.evidence.some(({ id }) => id === evidenceId))
      return refuse('choice_gone', 'The policy no longer asks for this evidence. Look again.');
    const found = await readFoundPayment(tx, ticket, payment);
    if (found === null) return NOT_FOUND;
    if (disputeStateOf(found) !== 'open') return refuse('conflict', 'No dispute of the payment is open.');
    const { ticketId, payment: ofPayment, evidence, dispute } = evidenceTicks;
    const tick = { evidence: evidenceId, dispute: found.disputeId, agentId: agent.id, doneAt: now };
    if (done)
      await tx
        .insert(evidenceTicks)
        .values({ ticketId: ticket.id, payment, ...tick })
        .onConflictDoUpdate({
          target: [ticketId, ofPayment, evidence],
          set: tick,
          // One of the former version, without a dispute, counts for the one that is open.
          setWhere: sql`${dispute} <> excluded.dispute`,
        });
    else
      await tx
        .delete(evidenceTicks)
        .where(and(eq(ticketId, ticket.id), eq(ofPayment, payment), eq(evidence, evidenceId)));
    return DONE;
  },
  audit: ({ evidenceId, payment, done }) => ({ evidenceId, payment, done }),
});
