// Builds the `detail` of an event envelope.
import type { Ticket } from '../account/types.ts';

const idText = (id: number | null) => (id === null ? null : String(id));

/**
 * The snapshot in every ticket event: ids are strings, status, priority and type are upper case, no custom fields.
 * Source: developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/ (detail object properties)
 */
export function ticketDetail(ticket: Ticket, actorId: number) {
  return {
    actor_id: String(actorId),
    assignee_id: idText(ticket.assignee_id),
    brand_id: idText(ticket.brand_id),
    created_at: ticket.created_at,
    custom_status: idText(ticket.custom_status_id),
    description: ticket.description,
    external_id: ticket.external_id,
    form_id: idText(ticket.ticket_form_id),
    group_id: idText(ticket.group_id),
    id: String(ticket.id),
    is_public: ticket.is_public,
    organization_id: idText(ticket.organization_id),
    priority: ticket.priority?.toUpperCase() ?? null,
    requester_id: idText(ticket.requester_id),
    status: ticket.status.toUpperCase(),
    subject: ticket.subject,
    submitter_id: idText(ticket.submitter_id),
    tags: ticket.tags.length === 0 ? null : ticket.tags,
    type: ticket.type?.toUpperCase() ?? null,
    updated_at: ticket.updated_at,
    via: { channel: viaType(ticket.via.channel) },
  };
}

/**
 * Events say the via type, where tickets of the REST API say who made them.
 * Source: developer.zendesk.com/documentation/ticketing/reference-guides/via-types/
 */
const VIA_TYPES: Readonly<Record<string, string>> = {
  api: 'web_service',
  email: 'mail',
  facebook: 'facebook_post',
  forum: 'topic',
  help_center: 'helpcenter',
  voice: 'phone_call_inbound',
  web: 'web_form',
};

const viaType = (channel: string): string => VIA_TYPES[channel] ?? channel;
