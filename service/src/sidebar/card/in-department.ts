// Finds which department has the ticket, and since when.
import type { QueueCard } from '@deskwright/shared/contract';
import type { CardContext, EscalationRow, MoveRow } from './card-context.ts';
import { describeEscalation } from './describe-escalation.ts';
import type { DepartmentGroup } from './way.ts';

export interface DepartmentRows {
  readonly departments: ReadonlyMap<number, DepartmentGroup>;
  /** The group that the ticket is in or being moved to. */
  readonly pendingGroup: number | null;
  /** Newest first. */
  readonly escalations: readonly EscalationRow[];
  /** Newest first. */
  readonly moves: readonly MoveRow[];
}

/**
 * A ticket in a department's group belongs to it: since the hand-off, which is when its people were informed; otherwise since
 * somebody moved it in Zendesk. A hand-off from before the ticket last left that group does not count.
 * Null: no department has it.
 */
export function inDepartment(
  context: Pick<CardContext, 'ticket' | 'inForce' | 'directory'>,
  { departments, pendingGroup: groupId, escalations, moves }: DepartmentRows,
): QueueCard['department'] {
  const department = groupId === null ? undefined : departments.get(groupId);
  if (department === undefined) return null;
  const left = moves.find(({ fromGroupId }) => fromGroupId === groupId)?.movedAt ?? null;
  const handed = escalations.find(
    ({ kind, target, escalatedAt }) =>
      kind === 'department' && target === department.id && (left === null || escalatedAt >= left),
  );
  const moved = moves.find(({ toGroupId }) => toGroupId === groupId)?.movedAt;
  return {
    name: department.name,
    since: (handed?.escalatedAt ?? moved ?? context.ticket.updatedAt).toISOString(),
    handedOver: handed === undefined ? null : describeEscalation(context, handed),
  };
}
