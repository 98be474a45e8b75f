// Where can the ticket go from here, when should it, and where has it been?
import type { Policy } from '@deskwright/shared';
import type { Escalation, EscalationCard, Named } from '@deskwright/shared/contract';
import { judgeCriteria } from '../capabilities/judge-criteria.ts';
import { leadsTo } from '../capabilities/leads-to.ts';
import { askedQuestions } from './asked-questions.ts';
import type { CardContext } from './card-context.ts';
import { cardFacts } from './card-facts.ts';
import { formFields } from './form-fields.ts';
import { agentName, namedTier } from './names.ts';
import type { Said } from './read-conversation.ts';
import type { EscalationRow, MoveRow } from './read-escalations.ts';

export interface EscalationRows {
  readonly said: readonly Said[];
  readonly escalations: readonly EscalationRow[];
  readonly moves: readonly MoveRow[];
}

export function escalationCard(context: CardContext, rows: EscalationRows): EscalationCard {
  const { ticket, inForce } = context;
  const { policy, compiled } = inForce;
  const next = policy.tiers.find(({ id }) => id === ticket.tier)?.escalates_to;
  const { facts, unknown } = cardFacts(context, rows.said.findLast(({ byCustomer }) => byCustomer)?.body ?? null);
  return {
    next: next === undefined ? null : namedTier(policy, next),
    back: tiersBack(context, rows),
    criteria: ticket.tier === null ? [] : judgeCriteria(facts, compiled.criteria, ticket.tier, unknown),
    fields: formFields(policy.escalation.fields),
    moves: rows.moves.length,
    history: rows.escalations.map((row) => told(row, policy)),
    asked: askedQuestions(rows.said),
  };
}

/** Tiers below the ticket's that have held it before, in the policy's order; from a department its own tier too, whose group it has left. */
function tiersBack({ ticket, inForce, directory }: CardContext, { escalations, moves }: EscalationRows): Named[] {
  const held = new Set<string | null>(escalations.map(({ fromTier }) => fromTier));
  const groups = new Set<number | null>(moves.map(({ fromGroupId }) => fromGroupId));
  const atDepartment = escalations[0]?.kind === 'department';
  return inForce.policy.tiers
    .map(({ id, name, group }) => ({ id, name, groupId: directory?.groupId(group) ?? null }))
    .filter(({ id, groupId }) => held.has(id) || groups.has(groupId))
    .filter(
      ({ id, groupId }) =>
        leadsTo(inForce.policy, id, ticket.tier) || (atDepartment && id === ticket.tier && groupId !== ticket.groupId),
    )
    .map(({ id, name }) => ({ id, name }));
}

function told(
  { id, kind, fromTier, target, agentId, by, escalatedAt, said }: EscalationRow,
  policy: Policy,
): Escalation {
  const named = kind === 'tier' ? policy.tiers : policy.departments;
  return {
    id,
    kind,
    from: fromTier === null ? null : namedTier(policy, fromTier).name,
    to: named.find((one) => one.id === target)?.name ?? target,
    by: agentName(by, agentId),
    at: escalatedAt.toISOString(),
    said,
  };
}
