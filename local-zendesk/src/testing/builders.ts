// Builds tickets, comments, changes and webhooks for tests.
import type { Webhook } from '../account/access.ts';
import type { TicketChange } from '../account/ticket-change.ts';
import type { Comment, Ticket } from '../account/types.ts';

const via = { channel: 'web', source: { from: {}, to: {}, rel: null } };

export function aTicket(given: Partial<Ticket> = {}): Ticket {
  return {
    id: 5158,
    external_id: null,
    via,
    created_at: '2026-03-01T08:00:00Z',
    updated_at: '2026-03-01T09:00:00Z',
    generated_timestamp: 1_772_355_600,
    type: null,
    subject: 'Tent leaks',
    description: 'My tent leaks since yesterday.',
    priority: null,
    status: 'new',
    custom_status_id: 9_100_000_000_301,
    recipient: null,
    requester_id: 9_100_000_000_501,
    submitter_id: 9_100_000_000_501,
    assignee_id: null,
    organization_id: null,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    problem_id: null,
    has_incidents: false,
    is_public: true,
    due_at: null,
    tags: [],
    custom_fields: [],
    followup_ids: [],
    ticket_form_id: 9_100_000_000_401,
    brand_id: 9_100_000_000_402,
    ...given,
  };
}

export function aComment(given: Partial<Comment> = {}): Comment {
  return {
    id: 9_100_000_000_601,
    ticket_id: 5158,
    author_id: 9_100_000_000_501,
    body: 'Hello?? Anybody there',
    html_body: '<p>Hello?? Anybody there</p>',
    public: true,
    attachment_ids: [],
    created_at: '2026-03-01T09:00:00Z',
    via,
    ...given,
  };
}

export function aChange(given: Partial<TicketChange> = {}): TicketChange {
  return {
    kind: 'created',
    before: null,
    after: aTicket(),
    comments: [],
    actorId: 9_100_000_000_501,
    at: Date.parse('2026-03-01T09:00:00.123Z'),
    ...given,
  };
}

export function aWebhook(given: Partial<Webhook> = {}): Webhook {
  return {
    id: '01F1KRFQ6BG29CNWFR60NK5FNY',
    name: 'Deskwright events',
    description: null,
    status: 'active',
    endpoint: 'http://127.0.0.1:1/webhooks',
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
    authentication: null,
    custom_headers: null,
    created_at: '2026-03-01T08:00:00Z',
    created_by: '-1',
    updated_at: '2026-03-01T08:00:00Z',
    updated_by: '-1',
    signing_secret: 'a-secret-for-tests',
    ...given,
  };
}
