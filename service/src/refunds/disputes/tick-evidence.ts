// Marks a piece of evidence for a disputed payment as collected, for all agents.
import type { TickEvidence } from '@deskwright/shared/contract';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { aName, DONE, defineAction, refuse } from '../../sidebar/index.ts';
import { NOT_FOUND, readFoundPayment } from '../execution/found-payments.ts';
import { evidenceTicks } from './tables.ts';

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
    if (!found.isDisputed) return refuse('conflict', 'The payment is not disputed.');
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
