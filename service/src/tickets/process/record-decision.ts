// Records a decision together with its effects.
import type { Decision } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import type { LoggedDecision } from '../decision-log/packed-decision.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { decisions } from '../tables.ts';
import { recordTicketChange } from '../write/ticket-change.ts';
import { isEmptyChange, type Plan } from './plan-change.ts';

/** What made us decide. */
export interface DecisionCause {
  ticketId: number;
  /** Null where no event did. */
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

/** Writes the decision log and the effect, in the caller's transaction. */
export async function recordDecision(tx: Queryable, recorded: Recorded): Promise<void> {
  const { because, decision, plan, policyHash, now } = recorded;
  const [logged] = await tx
    .insert(decisions)
    .values({
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
      ...recorded.logged,
    })
    .returning({ id: decisions.id });
  if (!isEmptyChange(plan.change)) {
    await recordTicketChange(tx, {
      key: `decision:${logged?.id}`,
      ticketId: because.ticketId,
      cause: 'decision',
      change: plan.change,
    });
  }
}

/** The projection's row as the decision leaves it. */
export function rowAfter(row: TicketRow, { decision, plan, policyHash, now }: Recorded): TicketRow {
  const decided = { ...row, wanted: plan.wanted ?? row.wanted, decidedAt: now, policyHash };
  const placed = plan.outcome === 'acted' || plan.outcome === 'unchanged';
  return placed ? { ...decided, category: decision.category.value, tier: decision.tier.value } : decided;
}
