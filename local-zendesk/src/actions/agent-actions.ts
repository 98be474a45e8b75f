// Performs what agents do.
import type { Account } from '../account/account.ts';
import { invalid, type Result, refuse } from '../account/result.ts';
import type { TicketPatch, TicketWrite } from '../account/ticket-input.ts';
import type { User } from '../account/types.ts';

type AgentAction = 'solve' | 'reopen' | 'comment';

export interface AgentActionInput {
  act: AgentAction;
  message?: string | undefined;
  /** Whether the comment is public; true by default. */
  public?: boolean | undefined;
  at?: number | undefined;
}

/** Agents and admins who can sign in, sorted by name. */
export function staffOf(account: Account): User[] {
  return account.users
    .list()
    .filter((user) => user.role !== 'end-user' && user.active && !user.suspended)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** By e-mail address or id. */
export function findStaff(account: Account, who: string | number): User | undefined {
  return staffOf(account).find((user) => user.email === who || String(user.id) === String(who));
}

/** Performs the action as that agent. Solving assigns an unassigned ticket to the agent, since Zendesk requires an assignee. */
export function performAgentAction(
  account: Account,
  ticketId: number,
  agent: User,
  input: AgentActionInput,
): Result<TicketWrite> {
  const ticket = account.tickets.find(ticketId);
  if (ticket === undefined) return refuse({ kind: 'not_found' });
  if (input.act === 'comment' && input.message === undefined) return invalid('comment', 'Comment: cannot be blank');
  const comment = input.message === undefined ? undefined : { body: input.message, public: input.public ?? true };
  const patch: TicketPatch = { comment, ...statusPatch(account, input.act, agent, ticket) };
  return account.tickets.update(ticketId, patch, { id: agent.id, channel: 'web', at: input.at });
}

function statusPatch(
  account: Account,
  act: AgentAction,
  agent: User,
  ticket: { assignee_id: number | null; group_id: number | null },
): TicketPatch {
  switch (act) {
    case 'comment':
      return {};
    case 'reopen':
      return { status: 'open' };
    case 'solve':
      return { status: 'solved', ...(ticket.assignee_id === null ? takePatch(account, agent, ticket.group_id) : {}) };
  }
}

/** Assigns within the ticket's group when the agent is in it, else moves it to a group of the agent's. */
export function takePatch(account: Account, agent: User, groupId: number | null): TicketPatch {
  if (groupId !== null && account.groups.isMember(agent.id, groupId)) return { assignee_id: agent.id };
  const own = account.groups.memberships({ user_id: agent.id })[0];
  return own === undefined ? { assignee_id: agent.id } : { assignee_id: agent.id, group_id: own.group_id };
}
