// Looks up the names that the policy's rules use.

import type { TicketSnapshot } from '../projection/ticket-row.ts';
import type { PipelineDeps } from './deps.ts';
import type { Names } from './load-facts.ts';

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
