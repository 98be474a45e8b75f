// Simulates a customer who opens a ticket or follows up.
import type { Account } from '../account/account.ts';
import { customerOpensTicket, customerWritesAgain } from '../actions/customer-actions.ts';
import { pick, type Random } from '../random.ts';
import { composeMessage } from '../seed/compose-message.ts';
import { drawCustomers } from '../seed/draw-customers.ts';
import { CHASERS } from '../seed/phrases/replies.ts';

const CHASING_SHARE = 0.25;
const DAY = 86_400_000;

/** True when something was written. */
export function letCustomerWrite(account: Account, random: Random): boolean {
  const waiting = account.tickets.list().filter((ticket) => ticket.status === 'new');
  if (waiting.length > 0 && random() < CHASING_SHARE) {
    const ticket = pick(random, waiting);
    const days = Math.max(1, Math.floor((account.clock.now() - Date.parse(ticket.created_at)) / DAY));
    const message = pick(random, CHASERS).replace('{days}', String(days)).replace('{weekday}', 'saturday');
    return customerWritesAgain(account, ticket.id, message).ok;
  }
  const { subject, message } = composeMessage(random);
  return customerOpensTicket(account, { ...drawWriter(account, random), subject, message }).ok;
}

/** Half of them wrote before. */
function drawWriter(account: Account, random: Random): { email: string; name: string } {
  const known = account.users.list().filter((user) => user.role === 'end-user' && user.active && !user.suspended);
  const [stranger] = drawCustomers(1, random);
  const old = known.length > 0 && random() < 0.5 ? pick(random, known) : undefined;
  if (old?.email !== null && old !== undefined) return { email: old.email, name: old.name };
  const email = (stranger?.email ?? 'somebody@mail.test').replace('.1@', `.${Math.floor(random() * 1e6)}@`);
  return { email, name: stranger?.name ?? 'Somebody' };
}
