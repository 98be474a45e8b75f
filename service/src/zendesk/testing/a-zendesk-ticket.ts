// Builds a ticket in the shape of Zendesk's API, with defaults for what a test does not set.
import type { ZendeskTicket } from '../zendesk.ts';

/** The customer is `requester_id`, who wrote the first message unless the test says otherwise. */
export function aZendeskTicket(part: Partial<ZendeskTicket> = {}): ZendeskTicket {
  return {
    id: 1,
    subject: 'Tent',
    description: 'It leaks.',
    status: 'open',
    priority: null,
    type: null,
    via: { channel: 'email' },
    tags: [],
    group_id: null,
    assignee_id: null,
    requester_id: 7,
    submitter_id: part.requester_id ?? 7,
    is_public: true,
    organization_id: null,
    brand_id: 1,
    ticket_form_id: 1,
    custom_fields: [],
    created_at: '2026-11-23T08:00:00Z',
    updated_at: '2026-11-23T08:00:00Z',
    generated_timestamp: 0,
    ...part,
  };
}
