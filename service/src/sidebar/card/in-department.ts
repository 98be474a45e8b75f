// Finds which department has the ticket, and since when.
import type { QueueCard } from '@deskwright/shared/contract';
import type { CardContext, EscalationRow, MoveRow } from './card-context.ts';
import type { DepartmentGroup } from './department-groups.ts';
import { tellEscalation } from './tell-escalation.ts';

export interface DepartmentRows {
  readonly departments: ReadonlyMap<number, DepartmentGroup>;
  /** Where the ticket is or is on its way to. */
  readonly groupToBe: number | null;
  /** Newest first. */
  readonly escalations: readonly EscalationRow[];
  /** Newest first. */
  readonly moves: readonly MoveRow[];
}

/**
 * A ticket in a department's group is in its hands: since it was handed over, which is when its people could know; else since
 * somebody moved it in Zendesk. A hand-over before the ticket was last taken from there began another stay.
 * Null: no department has it.
 */
export function inDepartment(
  context: Pick<CardContext, 'ticket' | 'inForce' | 'directory'>,
  { departments, groupToBe: groupId, escalations, moves }: DepartmentRows,
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
    handedOver: handed === undefined ? null : tellEscalation(context, handed),
  };
}
