// Performs what customers, agents and bots do in messaging conversations.
import type { Account } from '../account/account.ts';
import type { MessageActor } from '../account/conversations.ts';
import { ok, type Result, refuse } from '../account/result.ts';
import type { Ticket, User } from '../account/types.ts';
import { customerOpensTicket } from './customer-actions.ts';

interface ConversationStart {
  email: string;
  name?: string | undefined;
  message: string;
  /** One of Zendesk's messaging channels; `native_messaging` by default. */
  channel?: string | undefined;
}

type Said = Result<{ ticket: Ticket }>;

/** Zendesk names no id but the bot's; that of a trigger is a guess. */
const MACHINES: Readonly<Record<'bot' | 'trigger', MessageActor>> = {
  bot: { id: 'zd:answerBot', name: 'Answer Bot', type: 'system' },
  trigger: { id: 'zd:trigger', name: 'Messaging trigger', type: 'trigger' },
};

/** Creates a messaging ticket, whose text only names the customer, and the first message in it. */
export function customerOpensConversation(account: Account, given: ConversationStart): Said {
  const { email, message, channel = 'native_messaging' } = given;
  const name = account.users.findByEmail(email)?.name ?? given.name ?? email;
  const subject = `Conversation with ${name}`;
  const opened = customerOpensTicket(account, { email, name, subject, message: subject, channel });
  if (!opened.ok) return opened;
  const { id, requester_id } = opened.value.ticket;
  return says(account, id, endUser(account, requester_id), message);
}

/** The requester writes: a pending, on-hold or solved ticket reopens, and where the ticket is closed a new one is made. */
export function customerSays(account: Account, ticketId: number, message: string): Said {
  const ticket = account.tickets.find(ticketId);
  if (ticket === undefined) return refuse({ kind: 'not_found' });
  const { channel } = ticket.via;
  const customer = account.users.find(ticket.requester_id);
  if (ticket.status === 'closed' && customer?.email)
    return customerOpensConversation(account, { email: customer.email, message, channel });
  const said = says(account, ticketId, endUser(account, ticket.requester_id), message);
  if (!said.ok || !['pending', 'hold', 'solved'].includes(ticket.status)) return said;
  return account.tickets.update(ticketId, { status: 'open' }, { id: ticket.requester_id, channel });
}

export function agentSays(account: Account, ticketId: number, { id, name }: User, message: string): Said {
  return says(account, ticketId, { id: String(id), name, type: 'agent' }, message);
}

export function machineSays(account: Account, ticketId: number, who: keyof typeof MACHINES, message: string): Said {
  return says(account, ticketId, MACHINES[who], message);
}

function endUser(account: Account, id: number): MessageActor {
  return { id: String(id), name: account.users.find(id)?.name ?? '', type: 'end_user' };
}

function says(account: Account, ticketId: number, actor: MessageActor, message: string): Said {
  const said = account.conversations.say(ticketId, actor, message);
  const ticket = account.tickets.find(ticketId);
  if (!said.ok) return said;
  return ticket === undefined ? refuse({ kind: 'not_found' }) : ok({ ticket });
}
