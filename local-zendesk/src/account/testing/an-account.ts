// Builds the account that tests start from.
import type { Account } from '../account.ts';
import type { Actor } from '../actor.ts';
import { createAccount } from '../create-account.ts';
import type { Group } from '../organisation.ts';
import { expectOk } from '../result.ts';
import type { TicketChange, WebhookAction } from '../ticket-change.ts';
import type { NewTicket } from '../ticket-input.ts';
import type { Ticket, User } from '../types.ts';

export interface TestAccount {
  account: Account;
  clock: { now(): number; forward(seconds: number): void };
  admin: User;
  agent: User;
  customer: User;
  group: Group;
  byAgent: Actor;
  byCustomer: Actor;
  changes: TicketChange[];
  webhookActions: WebhookAction[];
  /** A new ticket from the customer; the rest as given. */
  aTicket: (input?: NewTicket) => Ticket;
}

/** One group "Support" with one agent, one customer, Monday morning of a November. */
export function anAccount(): TestAccount {
  let now = Date.UTC(2026, 10, 16, 9, 0, 0);
  const clock = {
    now: () => now,
    forward: (seconds: number) => {
      now += seconds * 1000;
    },
  };
  const account = createAccount({ clock, subdomain: 'northwind' });
  const admin = account.users.find(account.ownerId);
  if (admin === undefined) throw new Error('A fresh account has an owner.');
  const byAdmin = { id: admin.id };
  const agentId = expectOk(
    account.users.create({ name: 'Ada Agent', email: 'ada@northwind.test', role: 'agent' }, byAdmin),
  ).id;
  const customer = expectOk(account.users.create({ name: 'Carl Customer', email: 'carl@example.com' }, byAdmin));
  const group = expectOk(account.groups.create({ name: 'Support' }, byAdmin));
  expectOk(account.groups.addMember(agentId, group.id, byAdmin));
  const agent = account.users.find(agentId);
  if (agent === undefined) throw new Error('The agent was just made.');
  const changes: TicketChange[] = [];
  const webhookActions: WebhookAction[] = [];
  account.onTicketChange((change) => changes.push(change));
  account.onWebhookAction((action) => webhookActions.push(action));
  const byCustomer = { id: customer.id, channel: 'email' };
  return {
    account,
    clock,
    admin,
    agent,
    customer,
    group,
    changes,
    webhookActions,
    byCustomer,
    byAgent: { id: agentId },
    aTicket: (input = {}) =>
      expectOk(
        account.tickets.create({ subject: 'The tent leaks', description: 'It is wet inside.', ...input }, byCustomer),
      ).ticket,
  };
}
