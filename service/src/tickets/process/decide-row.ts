// Decides a ticket from its row in the projection, inside the ticket's transaction, and records the decision.
import type { Decision } from '@deskwright/shared';
import { decide } from '../../decide/decide.ts';
import { explainSentence } from '../../decide/explain-sentence.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { packDecision } from '../decision-log/packed-decision.ts';
import { rulesToPackBy } from '../decision-log/policy-rules.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { supersedeWaitingDecisions } from '../write/withdraw-changes.ts';
import type { PipelineDeps } from './deps.ts';
import type { Step } from './in-step.ts';
import { loadFacts, type Names } from './load-facts.ts';
import { type Plan, planChange } from './plan-change.ts';
import { type DecisionCause, recordDecision, rowAfter } from './record-decision.ts';

export interface DecideRow {
  because: DecisionCause;
  inForce: PolicyInForce;
  row: TicketRow;
  lastCustomerComment: string | null;
  names: Names;
}

/** Returns the row after the decision, which the caller saves, and the decided category, even if a person has overridden it. */
export async function decideRow(
  step: Step,
  deps: Pick<PipelineDeps, 'clock' | 'db' | 'directory'>,
  { because, inForce, row, lastCustomerComment, names }: DecideRow,
): Promise<{ row: TicketRow; outcome: Plan['outcome']; category: string }> {
  const { policy, compiled, hash } = inForce;
  // The same time for the facts and the record: later changes by time belong to the next decision.
  const now = deps.clock();
  const facts = loadFacts(row, lastCustomerComment, names, now);
  const decision = stepBack(decide(facts, compiled), row);
  const sentence = explainSentence(decision, policy);
  const group = policy.tiers.find((tier) => tier.id === decision.tier.value)?.group;
  const plan = planChange({
    row,
    decision,
    tierGroupId: group ? deps.directory.groupId(group) : null,
    note: policy.zendesk.decision_note ? sentence : null,
    superseded: row.decidedAt ? await step.ask(supersedeWaitingDecisions, row.id) : [],
  });
  const logged = packDecision(decision, sentence, rulesToPackBy(deps.db, inForce, now));
  const recorded = { because, decision, logged, plan, policyHash: hash, now: new Date(now) };
  await recordDecision(step, recorded);
  return { row: rowAfter(row, recorded), outcome: plan.outcome, category: decision.category.value };
}

/** If a person has overridden the policy, the decision says so and keeps the person's category. */
function stepBack(decision: Decision, row: TicketRow): Decision {
  if (row.placedBy !== 'human') return decision;
  const reason = { by: 'human', what: 'category or group' } as const;
  return {
    ...decision,
    category: { value: row.category ?? decision.category.value, reason },
    tier: { value: row.tier ?? decision.tier.value, reason },
  };
}
