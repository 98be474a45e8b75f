// Finds which department has the ticket, since when and until when it answers, and what it answered.
import { addDuration } from '@deskwright/shared';
import type { QueueCard } from '@deskwright/shared/contract';
import { ANSWER_LABEL } from '../actions/escalate-ticket.ts';
import type { CardContext, EscalationRow, MoveRow, Said } from './card-context.ts';
import { describeEscalation } from './describe-escalation.ts';
import { canBePassedOn } from './head-card.ts';
import { agentName } from './names.ts';
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
  context: Pick<CardContext, 'ticket' | 'inForce' | 'directory' | 'agent' | 'now'>,
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
  const since = handed?.escalatedAt ?? moved ?? context.ticket.updatedAt;
  return {
    name: department.name,
    since: since.toISOString(),
    handedOver: handed === undefined ? null : describeEscalation(context, handed),
    ...(isTheirs(context, groupId) ? { isYours: true } : {}),
    ...answerDue(context, department.id, since.getTime()),
  };
}

/** Whether the group is one of the agent's. Null: the ticket has none. */
export function isTheirs({ agent }: Pick<CardContext, 'agent'>, groupId: number | null): boolean {
  return groupId !== null && agent.groupIds.includes(groupId);
}

/** `answers_within` counts in the department's own hours. */
function answerDue(
  { inForce: { policy, compiled }, now }: Pick<CardContext, 'inForce' | 'now'>,
  departmentId: string,
  since: number,
): Pick<NonNullable<QueueCard['department']>, 'answer'> {
  const within = policy.departments.find(({ id }) => id === departmentId)?.answers_within;
  if (within === undefined) return {};
  const dueAt = addDuration(since, within, compiled.departmentHours.get(departmentId) ?? compiled.calendar);
  return { answer: { within, dueAt: new Date(dueAt).toISOString(), late: dueAt < now } };
}

/** Until an agent has replied in public since, and while nobody has moved the ticket on in the sidebar. */
export function departmentAnswer(
  { ticket }: Pick<CardContext, 'ticket'>,
  { departments, escalations: [last] }: Pick<DepartmentRows, 'departments' | 'escalations'>,
  said: readonly Said[],
): Pick<QueueCard, 'departmentAnswer'> {
  const department = last?.kind === 'tier' && last.fromGroupId !== null ? departments.get(last.fromGroupId) : undefined;
  // An answer is the only field of its form.
  const text = last?.said.length === 1 && last.said[0]?.label === ANSWER_LABEL ? last.said[0].text : undefined;
  if (last === undefined || department === undefined || text === undefined || !canBePassedOn(ticket)) return {};
  if (said.some(({ byCustomer, at }) => !byCustomer && at >= last.escalatedAt)) return {};
  const at = last.escalatedAt.toISOString();
  return { departmentAnswer: { department: department.name, by: agentName(last.by, last.agentId), at, text } };
}
