// Reads which evidence for a disputed payment the policy wants, and what agents have collected.
import type { Policy } from '@deskwright/shared';
import type { DisputeEvidence } from '@deskwright/shared/contract';
import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { agentName } from '../../sidebar/index.ts';
import { ofNoOpenTicket } from '../../tickets/index.ts';
import { evidenceTicks } from './tables.ts';

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
