// Lists the events that a webhook can subscribe to.

/**
 * Source: developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/. There are no wildcards: "specify one or more
 * event types" (webhooks-api/webhooks/, `subscriptions`).
 */
const TICKET_EVENTS = [
  'created',
  'agent_assignment_changed',
  'group_assignment_changed',
  'status_changed',
  'custom_status_changed',
  'priority_changed',
  'type_changed',
  'subject_changed',
  'description_changed',
  'tags_changed',
  'custom_field_changed',
  'form_changed',
  'brand_changed',
  'organization_changed',
  'requester_changed',
  'submitter_changed',
  'external_id_changed',
  'email_ccs_changed',
  'followers_changed',
  'problem_link_changed',
  'task_due_at_changed',
  'schedule_changed',
  'next_sla_breach_changed',
  'comment_added',
  'comment_made_private',
  'comment_redacted',
  'attachment_linked_to_comment',
  'attachment_redacted_from_comment',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'permanently_deleted',
] as const;

/** Without the `zen:event-type:` prefix. */
export type TicketEventType = `ticket.${(typeof TICKET_EVENTS)[number]}`;

const TICKET_EVENT_TYPES: ReadonlySet<string> = new Set(TICKET_EVENTS.map((name) => `zen:event-type:ticket.${name}`));

/** The only one of its family: developer.zendesk.com/api-reference/webhooks/event-types/messaging-events/. */
export const MESSAGE_ADDED = 'zen:event-type:messaging_ticket.message_added';

/** Nothing here sends these, so only their format is checked. */
const OTHER_FAMILY = /^zen:event-type:(user|organization|article|community_post|agent_availability)\.[a-z_]+$/;

/** Whether Zendesk has an event type of that full name. */
export function isEventType(name: string): boolean {
  return TICKET_EVENT_TYPES.has(name) || name === MESSAGE_ADDED || OTHER_FAMILY.test(name);
}
