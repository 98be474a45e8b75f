// How does a decision become durable, together with what it wants?
import type { Decision } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { recordEffect } from '../outbox/record-effect.ts';
import type { Queryable } from '../storage/database.ts';
import { decisions, tickets } from '../storage/schema.ts';
import type { Look } from './look.ts';
import { isEmptyChange, type Plan } from './plan-change.ts';

export interface Recorded {
  look: Look;
  decision: Decision;
  sentence: string;
  plan: Plan;
  policyHash: string;
  now: Date;
}

/** Writes the decision log, the wishes and what was wanted, in the caller's transaction. */
export async function recordDecision(tx: Queryable, recorded: Recorded): Promise<void> {
  const { look, decision, plan, policyHash, now } = recorded;
  const [logged] = await tx
    .insert(decisions)
    .values({
      ticketId: look.ticketId,
      inboxId: look.inboxId,
      trigger: look.cause,
      policyHash,
      decidedAt: now,
      outcome: plan.outcome,
      category: decision.category.value,
      tier: decision.tier.value,
      priority: decision.priority.value,
      survey: decision.survey.value,
      decision,
      sentence: recorded.sentence,
    })
    .returning({ id: decisions.id });
  if (!isEmptyChange(plan.change)) {
    await recordEffect(tx, {
      kind: 'ticket_change',
      key: `decision:${logged?.id}`,
      ticketId: look.ticketId,
      cause: 'decision',
      change: plan.change,
    });
  }
  const placement =
    plan.outcome === 'acted' || plan.outcome === 'unchanged'
      ? { category: decision.category.value, tier: decision.tier.value }
      : {};
  await tx
    .update(tickets)
    .set({ ...placement, ...(plan.wanted ? { wanted: plan.wanted } : {}), decidedAt: now, policyHash })
    .where(eq(tickets.id, look.ticketId));
}
