// Describes an escalation by an agent.
import type { Escalation } from '@deskwright/shared/contract';
import { leadsTo } from '../../decide/escalation.ts';
import type { CardContext, EscalationRow } from './card-context.ts';
import { agentName, namedTier } from './names.ts';
import { departmentGroups } from './way.ts';

export function describeEscalation(
  context: Pick<CardContext, 'inForce' | 'directory'>,
  row: EscalationRow,
): Escalation {
  const { policy } = context.inForce;
  const named = row.kind === 'tier' ? policy.tiers : policy.departments;
  return {
    id: row.id,
    how: howOf(context, row),
    from: placeOf(context, row),
    to: named.find(({ id }) => id === row.target)?.name ?? row.target,
    by: agentName(row.by, row.agentId),
    at: row.escalatedAt.toISOString(),
    said: row.said,
  };
}

function howOf(
  { inForce }: Pick<CardContext, 'inForce'>,
  { kind, fromTier, target }: EscalationRow,
): Escalation['how'] {
  if (kind === 'department') return 'hand_off';
  const back = fromTier === target || leadsTo(inForce.policy, target, fromTier);
  return back ? 'back' : 'up';
}

/** A ticket that a department gives back keeps its tier. */
function placeOf(context: Pick<CardContext, 'inForce' | 'directory'>, row: EscalationRow): string | null {
  const { fromGroupId, fromTier } = row;
  const department = fromGroupId === null ? undefined : departmentGroups(context).get(fromGroupId);
  if (department !== undefined) return department.name;
  return fromTier === null ? null : namedTier(context.inForce.policy, fromTier).name;
}
