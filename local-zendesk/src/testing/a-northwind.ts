// Builds the account for tests of pages and of the control API.
import type { Account } from '../account/account.ts';
import { createAccount } from '../account/create-account.ts';
import { expectOk } from '../account/result.ts';
import type { Ticket } from '../account/types.ts';
import { type CustomerMessage, customerOpensTicket } from '../actions/customer-actions.ts';
import { createRandom } from '../random.ts';
import { seedNorthwind } from '../seed/seed-northwind.ts';
import { OWNER } from '../seed/seed-people.ts';

/** Staff, views and rules of the demo, without tickets. */
export function aNorthwind(now: () => number = Date.now): Account {
  const account = createAccount({ clock: { now }, subdomain: 'northwind', owner: OWNER });
  seedNorthwind(account, { random: createRandom(1), backlog: 0 });
  return account;
}

/** A new ticket of a customer. */
export function aNewTicket(account: Account, given: Partial<CustomerMessage> = {}): Ticket {
  const message = {
    email: 'rosa@mail.test',
    name: 'Rosa Lindqvist',
    subject: 'tent leaks',
    message: 'it leaks!',
    ...given,
  };
  return expectOk(customerOpensTicket(account, message)).ticket;
}
