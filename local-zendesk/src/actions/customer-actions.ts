// Performs what customers do.
import type { Account } from '../account/account.ts';
import { SYSTEM_ACTOR_ID } from '../account/actor.ts';
import { type Result, refuse } from '../account/result.ts';
import type { TicketPatch, TicketWrite } from '../account/ticket-input.ts';
import { AUTOMATIC_ANSWERS, type AutomaticAnswer } from '../seed/phrases/automatic-answers.ts';

export interface CustomerMessage {
  email: string;
  name?: string | undefined;
  subject: string;
  message: string;
  /** Zendesk's name of the channel; `email` by default. */
  channel?: string | undefined;
  /** Epoch milliseconds, for back-dated seeds. */
  at?: number | undefined;
}

/** Creates a ticket from a customer, and the customer if the address is new. */
export function customerOpensTicket(account: Account, given: CustomerMessage): Result<TicketWrite> {
  const { email, subject, message, channel = 'email', at } = given;
  const known = account.users.findByEmail(email);
  const customer =
    known === undefined
      ? account.users.create(
          { email, name: given.name ?? email, role: 'end-user', verified: true },
          { id: SYSTEM_ACTOR_ID, at },
        )
      : { ok: true as const, value: known };
  if (!customer.ok) return customer;
  const { id } = customer.value;
  return account.tickets.create(
    { subject, comment: { body: message, public: true }, requester_id: id },
    { id, channel, at },
  );
}

/**
 * The requester writes again: pending, on-hold and solved tickets reopen; to a closed one it is a follow-up ticket.
 * Source: Zendesk help, "About ticket statuses" (a customer's reply reopens).
 */
export function customerWritesAgain(
  account: Account,
  ticketId: number,
  message: string,
  at?: number,
  marks: Pick<TicketPatch, 'suspension_type_id'> = {},
): Result<TicketWrite> {
  const ticket = account.tickets.find(ticketId);
  if (ticket === undefined) return refuse({ kind: 'not_found' });
  const by = { id: ticket.requester_id, channel: 'email', at };
  const comment = { body: message, public: true };
  if (ticket.status === 'closed') {
    const { requester_id } = ticket;
    return account.tickets.create(
      { subject: `Re: ${ticket.subject}`, comment, requester_id, via_followup_source_id: ticketId },
      by,
    );
  }
  const reopens = ['pending', 'hold', 'solved'].includes(ticket.status);
  const patch: TicketPatch = { comment, ...marks, ...(reopens && { status: 'open' }) };
  return account.tickets.update(ticketId, patch, by);
}

/**
 * The requester's mail program answers by itself, which opens a ticket as any comment of theirs does. Real accounts show nothing of the mail's headers: a mail
 * that was suspended and `recovered` by an agent has the cause in its metadata, others only their wording
 * (developer.zendesk.com/documentation/ticketing/reference-guides/suspensions-reference/).
 */
export function mailProgramAnswers(
  account: Account,
  ticketId: number,
  kind: AutomaticAnswer,
  recovered = false,
): Result<TicketWrite> {
  const { message, cause } = AUTOMATIC_ANSWERS[kind];
  return customerWritesAgain(account, ticketId, message, undefined, recovered ? { suspension_type_id: cause } : {});
}
