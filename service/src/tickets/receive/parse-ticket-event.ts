// Parses a stored row into a ticket event.
import type { inbox } from '../tables.ts';
import {
  actorOf,
  commentAddedSchema,
  commentChangedSchema,
  detailSchema,
  envelopeSchema,
  idChangedSchema,
  messageAddedSchema,
  sequenceOf,
  statusChangedSchema,
  tagsChangedSchema,
} from './envelope-schema.ts';
import type { TicketEvent, TicketEventChange } from './ticket-event.ts';

export type InboxRow = typeof inbox.$inferSelect;

/**
 * Parses one row of the inbox. Never throws: Zendesk's body is stored unchanged, and an unreadable part becomes
 * `detail: null` or `change: {kind: 'other'}`, so that the pipeline still knows which ticket to read.
 */
export function parseTicketEvent(
  row: Pick<InboxRow, 'id' | 'type' | 'ticketId' | 'occurredAt' | 'receivedAt' | 'body'>,
): TicketEvent {
  const envelope = envelopeSchema.safeParse(row.body).data ?? { detail: null, event: null };
  const detail = row.type.startsWith('ticket.') ? detailSchema.safeParse(envelope.detail).data : undefined;
  return {
    inboxId: row.id,
    type: row.type,
    ticketId: row.ticketId,
    occurredAt: row.occurredAt ?? row.receivedAt,
    actorId: actorOf(envelope.detail),
    sequence: sequenceOf(envelope.event),
    detail: detail?.id === row.ticketId ? (detail ?? null) : null,
    change: row.type === 'trigger' ? { kind: 'hint' } : changeOf(row.type, envelope.event),
  };
}

const commentChange = (event: unknown): { id: number | null; body: string | null } =>
  commentChangedSchema.safeParse(event).data ?? { id: null, body: null };

function changeOf(type: string, event: unknown): TicketEventChange {
  switch (type) {
    case 'ticket.created':
      return { kind: 'created' };
    case 'ticket.comment_added': {
      const { data } = commentAddedSchema.safeParse(event);
      return data ? { kind: 'comment_added', comment: data } : { kind: 'other' };
    }
    case 'messaging_ticket.message_added': {
      const { data } = messageAddedSchema.safeParse(event);
      return data ? { kind: 'message_added', message: data } : { kind: 'other' };
    }
    case 'ticket.comment_made_private':
      return { kind: 'comment_changed', comment: { ...commentChange(event), isPublic: false } };
    case 'ticket.comment_redacted':
      return { kind: 'comment_changed', comment: { ...commentChange(event), isPublic: null } };
    case 'ticket.status_changed': {
      const { data } = statusChangedSchema.safeParse(event);
      return data ? { kind: 'status_changed', from: data.previous ?? null, to: data.current } : { kind: 'other' };
    }
    case 'ticket.tags_changed': {
      const { data } = tagsChangedSchema.safeParse(event);
      return data ? { kind: 'tags_changed', ...data } : { kind: 'other' };
    }
    case 'ticket.group_assignment_changed': {
      const { data } = idChangedSchema.safeParse(event);
      return data ? { kind: 'group_changed', from: data.previous, to: data.current } : { kind: 'other' };
    }
    case 'ticket.agent_assignment_changed': {
      const { data } = idChangedSchema.safeParse(event);
      return data ? { kind: 'assignee_changed', from: data.previous, to: data.current } : { kind: 'other' };
    }
    case 'ticket.merged':
      return { kind: 'merged' };
    case 'ticket.marked_as_spam':
      return { kind: 'marked_as_spam' };
    case 'ticket.soft_deleted':
      return { kind: 'soft_deleted' };
    case 'ticket.undeleted':
      return { kind: 'undeleted' };
    case 'ticket.permanently_deleted':
      return { kind: 'permanently_deleted' };
    default:
      return { kind: 'other' };
  }
}
