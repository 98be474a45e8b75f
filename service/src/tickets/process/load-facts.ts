// Reads the facts of a ticket from the projection, with the names that the policy asks for.
import type { Priority, Status, TicketFacts, TicketType } from '@deskwright/shared';
import { readWords } from '../../decide/text/read-text.ts';
import type { TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import type { PipelineDeps } from './deps.ts';

/** Names for ids, as far as the rules use them. */
export interface Names {
  group: string | null;
  assignee: string | null;
  requester: string | null;
  requesterEmail: string | null;
  organization: string | null;
  brand: string | null;
  form: string | null;
  language: string | null;
}

/** Facts from the projection: no read of Zendesk. `comment` is the customer's newest public one. Times in epoch milliseconds. */
export function loadFacts(row: TicketRow, comment: string | null, names: Names, now: number): TicketFacts {
  return Object.freeze({
    now,
    ticketId: row.id,
    ...readWords(row.subject, row.description, comment),
    tags: row.tags,
    status: row.status as Status,
    priority: row.priority as Priority | null,
    type: row.type as TicketType | null,
    via: row.via,
    ...names,
    createdAt: row.createdAt.getTime(),
    waitingSince: row.waitingSince?.getTime() ?? null,
    customFields: row.customFields ?? {},
  });
}

/** Looks names up in the directory. A requester costs a read of Zendesk at most once an hour, and only if a rule uses the name. */
export async function namesFor({ directory, policy }: PipelineDeps, ticket: TicketSnapshot): Promise<Names> {
  const { asks } = policy.current().compiled;
  const askPerson = asks.has('requester') || asks.has('requester_email') || asks.has('language');
  const requester = askPerson && ticket.requesterId !== null ? await directory.person(ticket.requesterId) : null;
  if (ticket.groupId !== null && directory.nameOf('group', ticket.groupId) === null) await directory.refresh('unknown');
  return {
    group: directory.nameOf('group', ticket.groupId),
    assignee: directory.emailOfAgent(ticket.assigneeId),
    requester: requester?.name ?? null,
    requesterEmail: requester?.email ?? null,
    organization: directory.nameOf('organization', ticket.organizationId),
    brand: directory.nameOf('brand', ticket.brandId),
    form: directory.nameOf('form', ticket.formId),
    language: requester?.locale ?? null,
  };
}
