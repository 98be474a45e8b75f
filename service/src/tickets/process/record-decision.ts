// Records a decision and its effects.
import type { Decision } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import type { LoggedDecision } from '../decision-log/packed-decision.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { decisions } from '../tables.ts';
import { recordTicketChanges } from '../write/ticket-change.ts';
import type { Step } from './in-step.ts';
import { isEmptyChange, type Plan } from './plan-change.ts';

/** What caused the decision. */
export interface DecisionCause {
  ticketId: number;
  /** Null if it was not an event. */
  inboxId: number | null;
  /** An event type, or `import`, `repair`, `reread`, `time`. */
  cause: string;
}

export interface Recorded {
  because: DecisionCause;
  decision: Decision;
  /** As the log holds it. */
  logged: LoggedDecision;
  plan: Plan;
  policyHash: string;
  now: Date;
}

/** Writes the decision log and the effect, in the ticket's transaction. */
export async function recordDecision(step: Step, recorded: Recorded): Promise<void> {
  const { because, plan } = recorded;
  const id = await step.ask(logDecisions, recorded);
  if (!isEmptyChange(plan.change)) {
    await step.ask(recordTicketChanges, {
      key: `decision:${id}`,
      ticketId: because.ticketId,
      cause: 'decision',
      change: plan.change,
    });
  }
}

/** One decision for each of several tickets. Gives back their ids. */
async function logDecisions(tx: Queryable, all: readonly Recorded[]): Promise<number[]> {
  const rows = await tx
    .insert(decisions)
    .values(
      all.map(({ because, decision, logged, plan, policyHash, now }) => ({
        ticketId: because.ticketId,
        inboxId: because.inboxId,
        trigger: because.cause,
        policyHash,
        decidedAt: now,
        outcome: plan.outcome,
        category: decision.category.value,
        tier: decision.tier.value,
        priority: decision.priority.value,
        survey: decision.survey.value,
        ...logged,
      })),
    )
    .returning({ id: decisions.id, ticketId: decisions.ticketId });
  const ids = new Map(rows.map(({ id, ticketId }) => [ticketId, id]));
  return all.map(({ because }) => ids.get(because.ticketId) ?? 0);
}

/** The projection's row after the decision. */
export function rowAfter(row: TicketRow, { decision, plan, policyHash, now }: Recorded): TicketRow {
  const decided = { ...row, wanted: plan.wanted ?? row.wanted, decidedAt: now, policyHash };
  const placed = plan.outcome === 'acted' || plan.outcome === 'unchanged';
  return placed ? { ...decided, category: decision.category.value, tier: decision.tier.value } : decided;
}
