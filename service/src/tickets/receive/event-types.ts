// Lists the Zendesk events the service subscribes to.

/** Events that erase a user or change a ticket's customer (webhooks/event-types/user-events/). */
const USER_EVENTS = ['deleted', 'merged'].map((name) => `zen:event-type:user.${name}`);

/**
 * Every ticket event that changes data of the projection or of rules. Zendesk has no wildcards: each is subscribed to by
 * its name (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/).
 */
const TICKET_EVENTS = [
  'created',
  'status_changed',
  'priority_changed',
  'type_changed',
  'subject_changed',
  'description_changed',
  'tags_changed',
  'custom_field_changed',
  'form_changed',
  'brand_changed',
  'group_assignment_changed',
  'agent_assignment_changed',
  'organization_changed',
  'requester_changed',
  'comment_added',
  'comment_made_private',
  'comment_redacted',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'permanently_deleted',
].map((name) => `zen:event-type:ticket.${name}`);

/** Messages of messaging tickets, which are not sent as comments (webhooks/event-types/messaging-events/). Not every account has it. */
export const MESSAGE_ADDED = 'zen:event-type:messaging_ticket.message_added';

export const EVENT_TYPES = [...TICKET_EVENTS, MESSAGE_ADDED, ...USER_EVENTS];
