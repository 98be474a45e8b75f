// What does the agents' form mean for the ticket?
import { z } from 'zod';
import type { Account } from '../../account/account.ts';
import type { Refusal, Result } from '../../account/result.ts';
import type { TicketPatch, TicketWrite } from '../../account/ticket-input.ts';
import type { Ticket, User } from '../../account/types.ts';
import { takePatch } from '../../acts/agent-acts.ts';
import { STATUSES } from './ticket-form.ts';

const idOrNone = z
  .string()
  .regex(/^\d*$/)
  .transform((text) => (text === '' ? null : Number(text)));

export const ticketFormSchema = z.object({
  do: z.enum(['save', 'solve']).catch('save'),
  comment: z.string().default(''),
  public: z.enum(['yes', 'no']).catch('yes'),
  status: z.enum(STATUSES),
  priority: z.enum(['', 'low', 'normal', 'high', 'urgent']),
  group_id: idOrNone,
  assignee_id: idOrNone,
  tags: z.string(),
});

export type TicketFormValues = z.infer<typeof ticketFormSchema>;

/** Writes only what differs: an untouched field must not undo what somebody else changed meanwhile. */
export function saveTicket(account: Account, agent: User, ticket: Ticket, form: TicketFormValues): Result<TicketWrite> {
  const body = form.comment.trim();
  const priority = form.priority === '' ? null : form.priority;
  const tags = form.tags.split(/[\s,]+/).filter((tag) => tag !== '');
  const patch: TicketPatch = {
    ...(body === '' ? {} : { comment: { body, public: form.public === 'yes' } }),
    ...(form.status === ticket.status ? {} : { status: form.status }),
    ...(priority === ticket.priority ? {} : { priority }),
    ...(form.group_id === ticket.group_id ? {} : { group_id: form.group_id }),
    ...(form.assignee_id === ticket.assignee_id ? {} : { assignee_id: form.assignee_id }),
    ...(tags.join(' ') === ticket.tags.join(' ') ? {} : { tags }),
    ...(form.do === 'solve' ? solvePatch(account, agent, form) : {}),
  };
  return account.tickets.update(ticket.id, patch, { id: agent.id, channel: 'web' });
}

/** Who solves a ticket nobody has, takes it. */
function solvePatch(account: Account, agent: User, form: TicketFormValues): TicketPatch {
  return { status: 'solved', ...(form.assignee_id === null ? takePatch(account, agent, form.group_id) : {}) };
}

/** A refusal in a sentence for the agent. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'This ticket does not exist any more.';
    case 'forbidden':
    case 'bad_value':
      return refusal.message;
    case 'stale':
      return 'Somebody else changed this ticket meanwhile. Look at it again, then save.';
    case 'invalid':
      return Object.values(refusal.details)
        .flat()
        .map(({ description }) => description)
        .join(' ');
  }
}
