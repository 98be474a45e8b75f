// Builds a ticket as Zendesk's export answers it, read by the shape that the service reads it by.
import { ticketShape } from '../../zendesk/shapes.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';

export function anExportedTicket(parts: Record<string, unknown>): ZendeskTicket {
  return ticketShape.parse({
    id: 1,
    subject: 'My tent leaks',
    description: 'It rained.',
    status: 'solved',
    priority: null,
    type: null,
    via: { channel: 'email' },
    tags: [],
    group_id: null,
    assignee_id: null,
    requester_id: 501,
    submitter_id: 501,
    is_public: true,
    organization_id: null,
    brand_id: null,
    ticket_form_id: null,
    custom_fields: [],
    created_at: '2026-10-01T00:00:00Z',
    updated_at: '2026-10-01T00:00:00Z',
    generated_timestamp: 0,
    ...parts,
  });
}
