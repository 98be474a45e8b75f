// What does the agents' form mean for the ticket?
import { z } from 'zod';
import type { Account } from '../../account/account.ts';
import type { Refusal, Result } from '../../account/result.ts';
import type { TicketPatch, TicketWrite } from '../../account/ticket-input.ts';
import type { Ticket, User } from '../../account/types.ts';
import { takePatch } from '../../acts/agent-acts.ts';
import { readSeen } from './seen-ticket.ts';
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
  seen: z.string().transform((text, context) => {
    const seen = readSeen(text);
    if (seen === null) context.addIssue({ code: 'custom', message: 'is not what the page sent' });
    return seen ?? z.NEVER;
  }),
});

export type TicketFormValues = z.infer<typeof ticketFormSchema>;

/** Writes only what the agent changed: an untouched field must not undo what somebody else did meanwhile. */
export function saveTicket(account: Account, agent: User, ticket: Ticket, form: TicketFormValues): Result<TicketWrite> {
  const { seen } = form;
  const body = form.comment.trim();
  const priority = form.priority === '' ? null : form.priority;
  const tags = form.tags.split(/[\s,]+/).filter((tag) => tag !== '');
  const added = tags.filter((tag) => !seen.tags.includes(tag));
  const removed = seen.tags.filter((tag) => !tags.includes(tag));
  const patch: TicketPatch = {
    ...(body === '' ? {} : { comment: { body, public: form.public === 'yes' } }),
    ...(form.status === seen.status ? {} : { status: form.status }),
    ...(priority === seen.priority ? {} : { priority }),
    ...(form.group_id === seen.group_id ? {} : { group_id: form.group_id }),
    ...(form.assignee_id === seen.assignee_id ? {} : { assignee_id: form.assignee_id }),
    ...(added.length === 0 ? {} : { additional_tags: added }),
    ...(removed.length === 0 ? {} : { remove_tags: removed }),
    ...(form.do === 'solve' ? solvePatch(account, agent, ticket, form) : {}),
  };
  return account.tickets.update(ticket.id, patch, { id: agent.id, channel: 'web' });
}

/** Who solves a ticket nobody has, takes it. */
function solvePatch(account: Account, agent: User, ticket: Ticket, form: TicketFormValues): TicketPatch {
  const isTaken = form.assignee_id !== null || ticket.assignee_id !== null;
  const groupId = form.group_id ?? ticket.group_id;
  return { status: 'solved', ...(isTaken ? {} : takePatch(account, agent, groupId)) };
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
