// Formats tickets and their metrics for the API.
import type { Account } from '../../account/account.ts';
import { isMessaging } from '../../account/conversations.ts';
import type { TicketMetrics } from '../../account/metrics.ts';
import type { CustomFieldValue, Ticket } from '../../account/types.ts';
import type { UrlOf } from '../call.ts';

/** Every custom field of the account is listed, empty ones with null, as Zendesk does. */
function allFields(account: Account, ticket: Ticket): readonly CustomFieldValue[] {
  const values = new Map(ticket.custom_fields.map(({ id, value }) => [id, value]));
  return account.ticketFields
    .list()
    .filter((field) => field.removable && field.active)
    .map(({ id, type }) => ({ id, value: values.get(id) ?? (type === 'checkbox' ? false : null) }));
}

/** Formats tickets for the API. */
export function showTicket(account: Account, url: UrlOf, ticket: Ticket): Record<string, unknown> {
  const fields = allFields(account, ticket);
  return {
    url: url(`/tickets/${ticket.id}.json`),
    id: ticket.id,
    external_id: ticket.external_id,
    via: ticket.via,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    generated_timestamp: ticket.generated_timestamp,
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: ticket.description,
    priority: ticket.priority,
    status: ticket.status,
    recipient: ticket.recipient,
    requester_id: ticket.requester_id,
    submitter_id: ticket.submitter_id,
    assignee_id: ticket.assignee_id,
    organization_id: ticket.organization_id,
    group_id: ticket.group_id,
    collaborator_ids: ticket.collaborator_ids,
    follower_ids: ticket.follower_ids,
    email_cc_ids: ticket.email_cc_ids,
    forum_topic_id: null,
    problem_id: ticket.problem_id,
    has_incidents: ticket.has_incidents,
    is_public: ticket.is_public,
    due_at: ticket.due_at,
    tags: ticket.tags,
    custom_fields: fields,
    // The account's satisfaction surveys are off.
    satisfaction_rating: null,
    sharing_agreement_ids: [],
    custom_status_id: ticket.custom_status_id,
    encoded_id: encodedId(ticket.id),
    fields,
    followup_ids: ticket.followup_ids,
    ticket_form_id: ticket.ticket_form_id,
    brand_id: ticket.brand_id,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: isMessaging(ticket.via.channel),
    support_type: 'agent',
  };
}

/** Zendesk threads mails by such a code; ours has its form (`ABCDEF-GHIJ`) and is as stable. */
function encodedId(id: number): string {
  const code = (id * 2_654_435_761).toString(36).toUpperCase().padStart(10, '0').slice(-10);
  return `${code.slice(0, 6)}-${code.slice(6)}`;
}

/** Formats ticket metrics for the API. */
export const showMetrics = (url: UrlOf, metrics: TicketMetrics): Record<string, unknown> => ({
  url: url(`/ticket_metrics/${metrics.id}.json`),
  ...metrics,
});
