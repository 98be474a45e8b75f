// Derives Zendesk's ticket events from a change.
import type { TicketEventType } from '../account/event-types.ts';
import type { TicketChange } from '../account/ticket-change.ts';
import type { Comment, CustomFieldValue, Ticket } from '../account/types.ts';

/** The names without their `zen:event-type:` prefix, and the part of `event` that differs by type. */
export interface TicketEvent {
  type: TicketEventType;
  event: Readonly<Record<string, unknown>>;
}

/** Looks up a comment's author; undefined if the user no longer exists. */
export type NameOf = (userId: number) => string | undefined;

const idText = (id: number | null) => (id === null ? null : String(id));
const upper = (text: string | null) => (text === null ? null : text.toUpperCase());
const idTexts = (ids: readonly number[]) => ids.map(String);

type Read = (ticket: Ticket) => unknown;

const CHANGES: readonly (readonly [type: TicketEvent['type'], read: Read])[] = [
  ['ticket.status_changed', (t) => upper(t.status)],
  ['ticket.custom_status_changed', (t) => idText(t.custom_status_id)],
  ['ticket.priority_changed', (t) => upper(t.priority)],
  ['ticket.type_changed', (t) => upper(t.type)],
  ['ticket.subject_changed', (t) => t.subject],
  ['ticket.description_changed', (t) => t.description],
  ['ticket.form_changed', (t) => idText(t.ticket_form_id)],
  ['ticket.brand_changed', (t) => idText(t.brand_id)],
  ['ticket.organization_changed', (t) => idText(t.organization_id)],
  ['ticket.requester_changed', (t) => idText(t.requester_id)],
  ['ticket.submitter_changed', (t) => idText(t.submitter_id)],
  ['ticket.external_id_changed', (t) => t.external_id],
  ['ticket.email_ccs_changed', (t) => idTexts(t.email_cc_ids)],
  ['ticket.followers_changed', (t) => idTexts(t.follower_ids)],
  ['ticket.problem_link_changed', (t) => idText(t.problem_id)],
  ['ticket.task_due_at_changed', (t) => t.due_at],
  ['ticket.group_assignment_changed', (t) => idText(t.group_id)],
  ['ticket.agent_assignment_changed', (t) => idText(t.assignee_id)],
];

/**
 * The events of one change, in the order of their `meta.sequence`. A new ticket is one `created` event whatever its fields.
 * Source: developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
export function eventsOfChange(change: TicketChange, nameOf: NameOf): TicketEvent[] {
  const { kind, before, after, comments } = change;
  switch (kind) {
    case 'created':
      return [{ type: 'ticket.created', event: {} }];
    case 'updated':
      return before === null ? [] : updateEvents(before, after, comments, nameOf);
    case 'merged':
      // Also sends the closing of the source ticket, for webhooks that subscribe to status changes only.
      return [
        { type: 'ticket.merged', event: {} },
        ...(before === null ? [] : updateEvents(before, after, comments, nameOf)),
      ];
    // Zendesk sends only the ticket of a comment made private, and only the id of a redacted one.
    case 'comment_made_private':
      return [{ type: 'ticket.comment_made_private', event: {} }];
    case 'comment_redacted':
      return [
        { type: 'ticket.comment_redacted', event: { comment: { id: String(comments[0]?.id) } } },
        ...(before === null ? [] : updateEvents(before, after, [], nameOf)),
      ];
    case 'marked_as_spam':
    case 'soft_deleted':
    case 'undeleted':
    case 'permanently_deleted':
      return [{ type: `ticket.${kind}`, event: {} }];
  }
}

function updateEvents(before: Ticket, after: Ticket, comments: readonly Comment[], nameOf: NameOf): TicketEvent[] {
  return [
    ...comments.map((comment) => commentAdded(comment, nameOf)),
    ...CHANGES.flatMap(([type, read]) => {
      const previous = read(before);
      const current = read(after);
      return JSON.stringify(previous) === JSON.stringify(current) ? [] : [{ type, event: { current, previous } }];
    }),
    ...tagsChanged(before.tags, after.tags),
    ...customFieldsChanged(before.custom_fields, after.custom_fields),
  ];
}

function commentAdded(comment: Comment, nameOf: NameOf): TicketEvent {
  const { id, body, author_id } = comment;
  const author = { id: String(author_id), name: nameOf(author_id) ?? '' };
  return {
    type: 'ticket.comment_added',
    event: { comment: { id: String(id), body, is_public: comment.public, author } },
  };
}

function tagsChanged(before: readonly string[], after: readonly string[]): TicketEvent[] {
  const tags_added = after.filter((tag) => !before.includes(tag));
  const tags_removed = before.filter((tag) => !after.includes(tag));
  return tags_added.length + tags_removed.length === 0
    ? []
    : [{ type: 'ticket.tags_changed', event: { tags_added, tags_removed } }];
}

function customFieldsChanged(before: readonly CustomFieldValue[], after: readonly CustomFieldValue[]): TicketEvent[] {
  const previous = new Map(before.map((field) => [field.id, field.value]));
  return after.flatMap(({ id, value }) => {
    const old = previous.get(id) ?? null;
    return JSON.stringify(old) === JSON.stringify(value)
      ? []
      : [
          {
            type: 'ticket.custom_field_changed' as const,
            event: { current: value, previous: old, field: { id: String(id) } },
          },
        ];
  });
}
