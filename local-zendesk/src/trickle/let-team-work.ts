// Simulates what the team does next.
import type { Account } from '../account/account.ts';
import { mayAgentSee } from '../account/may-agent-see.ts';
import type { Ticket, User } from '../account/types.ts';
import { performAgentAction, staffOf } from '../actions/agent-actions.ts';
import { customerWritesAgain, mailProgramAnswers } from '../actions/customer-actions.ts';
import { pick, type Random } from '../random.ts';
import { REOPENERS, SOLUTIONS } from '../seed/phrases/replies.ts';
import { DEPARTMENT_TAG } from '../seed/seed-people.ts';

/** Of these, mail programs that answer the solution by themselves. */
const AUTOMATIC_SHARE = 0.03;
const REOPENING_SHARE = 0.12;
// Surveys go out after a solve; reopening happens soon, so that people at the demo see it.
const REOPENED_WITHIN_MS = 60 * 60_000;

/**
 * Solves the oldest waiting ticket that nobody has open; now and then a customer reopens a solved one instead. True when something happened.
 * @param isOpen whether somebody has the ticket's page open, and so may be writing there
 */
export function letTeamWork(
  account: Account,
  random: Random,
  isOpen: (ticketId: number) => boolean = () => false,
): boolean {
  const tickets = account.tickets.list();
  const justSolved = tickets.filter(
    (ticket) => ticket.status === 'solved' && account.clock.now() - Date.parse(ticket.updated_at) < REOPENED_WITHIN_MS,
  );
  const drawn = justSolved.length > 0 ? random() : 1;
  if (drawn < AUTOMATIC_SHARE) return mailProgramAnswers(account, pick(random, justSolved).id, 'out_of_office').ok;
  if (drawn < REOPENING_SHARE) {
    return customerWritesAgain(account, pick(random, justSolved).id, pick(random, REOPENERS)).ok;
  }
  const oldest = tickets
    .filter((ticket) => waitsForUs(ticket) && !isOpen(ticket.id))
    .reduce<Ticket | null>(older, null);
  if (oldest === null) return false;
  const agent = drawAgent(account, oldest, random);
  if (agent === undefined) return false;
  const requester = account.users.find(oldest.requester_id);
  const message = pick(random, SOLUTIONS)
    .replace('{name}', requester?.name.split(' ')[0] ?? 'there')
    .replace('{agent}', agent.name.split(' ')[0] ?? '');
  return performAgentAction(account, oldest.id, agent, { act: 'solve', message }).ok;
}

const waitsForUs = (ticket: Ticket) => ticket.status === 'new' || ticket.status === 'open';
const older = (a: Ticket | null, b: Ticket) => (a === null || b.created_at < a.created_at ? b : a);

const isInGroup = (account: Account, user: User, { group_id }: Ticket) =>
  group_id !== null && account.groups.isMember(user.id, group_id);

/** Its assignee, or somebody in its group, or any support agent who may see it; never the integration. */
function drawAgent(account: Account, ticket: Ticket, random: Random): User | undefined {
  const agents = staffOf(account)
    .filter((user) => user.role === 'agent' && mayAgentSee(account, user, ticket))
    .filter((user) => !user.tags.includes(DEPARTMENT_TAG) || isInGroup(account, user, ticket));
  const assignee = agents.find((agent) => agent.id === ticket.assignee_id);
  if (assignee !== undefined) return assignee;
  const { group_id } = ticket;
  const team = group_id === null ? agents : agents.filter((agent) => account.groups.isMember(agent.id, group_id));
  const candidates = team.length > 0 ? team : agents;
  return candidates.length > 0 ? pick(random, candidates) : undefined;
}
