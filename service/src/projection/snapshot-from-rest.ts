// How does a ticket of the REST API become a snapshot?
import type { ZendeskTicket } from '../zendesk/zendesk.ts';
import type { TicketSnapshot } from './ticket-row.ts';

/**
 * `readAt` is when Zendesk was asked. `updated_at` has whole seconds, and the answer shows all that happened in that second
 * up to the reading: that moment orders it among the events of the same second.
 */
export function snapshotFromRest(ticket: ZendeskTicket, readAt: Date): TicketSnapshot {
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
    snapshotAt: new Date(Math.max(updatedAt.getTime(), Math.min(endOfSecond, readAt.getTime()))),
  };
}
