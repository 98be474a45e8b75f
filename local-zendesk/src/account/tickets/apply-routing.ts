// Sets the group and the assignee of a ticket.
import type { TicketPatch } from '../ticket-input.ts';
import type { Via } from '../types.ts';
import { type Draft, setField } from './draft.ts';
import { complain, type Problems, type TicketDeps } from './ticket-deps.ts';

/** An assignee who is not in the ticket's new group loses the ticket. */
export function setGroup(deps: TicketDeps, draft: Draft, groupId: number | null, via?: Via): void {
  setField(deps.core, draft, 'group_id', groupId, via);
  const { assignee_id } = draft.ticket;
  if (assignee_id !== null && (groupId === null || !deps.groups.isMember(assignee_id, groupId))) {
    setField(deps.core, draft, 'assignee_id', null, via);
  }
}

/** Brings the agent's default group along when the ticket's group is not theirs. A new ticket becomes open. */
export function setAssignee(deps: TicketDeps, draft: Draft, agentId: number | null, via?: Via): void {
  const { group_id } = draft.ticket;
  if (agentId !== null && (group_id === null || !deps.groups.isMember(agentId, group_id))) {
    setField(deps.core, draft, 'group_id', deps.users.find(agentId)?.default_group_id ?? group_id, via);
  }
  setField(deps.core, draft, 'assignee_id', agentId, via);
}

function findAssignee(deps: TicketDeps, patch: TicketPatch, problems: Problems): number | null | undefined {
  const byEmail = patch.assignee_email === undefined ? undefined : deps.users.findByEmail(patch.assignee_email)?.id;
  const id = patch.assignee_id === undefined ? byEmail : patch.assignee_id;
  if (id === null || (id === undefined && patch.assignee_email === undefined)) return id;
  const agent = deps.users.find(id ?? 0);
  if (agent === undefined || agent.role === 'end-user' || !agent.active) {
    complain(problems, 'assignee', { description: 'Assignee: is invalid', error: 'InvalidValue' });
    return undefined;
  }
  return agent.id;
}

export function applyRouting(deps: TicketDeps, draft: Draft, patch: TicketPatch, problems: Problems): void {
  const groupId = patch.group_id;
  if (typeof groupId === 'number' && deps.groups.find(groupId) === undefined) {
    return complain(problems, 'group', { description: 'Group: is invalid', error: 'InvalidValue' });
  }
  const assigneeId = findAssignee(deps, patch, problems);
  if (typeof groupId === 'number' && typeof assigneeId === 'number' && !deps.groups.isMember(assigneeId, groupId)) {
    return complain(problems, 'assignee', {
      description: 'Assignee: is not a member of the group',
      error: 'InvalidValue',
    });
  }
  if (groupId !== undefined) setGroup(deps, draft, groupId);
  if (assigneeId !== undefined) setAssignee(deps, draft, assigneeId);
}
