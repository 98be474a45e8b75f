// Converts a ticket of the REST API to a snapshot.
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { TicketSnapshot } from './ticket-row.ts';

/**
 * `updated_at` has whole seconds, so `askedAt`, the time just before the request was sent, orders the answer among the events of the same
 * second: changes made during the request must count as newer, since the answer may not contain them.
 */
export function snapshotFromRest(ticket: ZendeskTicket, askedAt: Date): TicketSnapshot {
  const updatedAt = new Date(ticket.updated_at);
  const endOfSecond = updatedAt.getTime() + 999;
  return {
    id: ticket.id,
    subject: ticket.subject ?? '',
    description: ticket.description ?? '',
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    via: ticket.via?.channel ?? null,
    tags: ticket.tags,
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    requesterId: ticket.requester_id,
    organizationId: ticket.organization_id,
    brandId: ticket.brand_id,
    formId: ticket.ticket_form_id,
    customFields: Object.fromEntries(ticket.custom_fields.map((field) => [String(field.id), field.value])),
    createdAt: new Date(ticket.created_at),
    updatedAt,
    snapshotAt: new Date(Math.max(updatedAt.getTime(), Math.min(endOfSecond, askedAt.getTime()))),
  };
}
