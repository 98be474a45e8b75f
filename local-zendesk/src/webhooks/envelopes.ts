// Builds the bodies of event webhooks as Zendesk does.
import type { Message } from '../account/conversations.ts';
import { MESSAGE_ADDED } from '../account/event-types.ts';
import type { TicketChange } from '../account/ticket-change.ts';
import type { TicketEvent } from './events-of-change.ts';
import { ticketDetail } from './ticket-detail.ts';

export interface Envelope<Detail = unknown> {
  account_id: number;
  id: string;
  time: string;
  type: string;
  subject: string;
  zendesk_event_version: string;
  detail: Detail;
  event: Record<string, unknown>;
}

export interface EnvelopeDeps {
  accountId: number;
  newId: () => string;
}

/** One envelope per event; all events of one change share `meta.sequence.id`. */
export function envelopes(
  change: TicketChange,
  events: readonly TicketEvent[],
  deps: EnvelopeDeps,
): Envelope<ReturnType<typeof ticketDetail>>[] {
  const detail = ticketDetail(change.after, change.actorId);
  const sequenceId = deps.newId().replaceAll('-', '').toUpperCase();
  return events.map(({ type, event }, index) => ({
    account_id: deps.accountId,
    id: deps.newId(),
    time: nanosecondTime(change.at, index),
    type: `zen:event-type:${type}`,
    subject: `zen:ticket:${change.after.id}`,
    zendesk_event_version: '2022-11-06',
    detail,
    event: { ...event, meta: { sequence: { id: sequenceId, position: index + 1, total: events.length } } },
  }));
}

/**
 * A message event contains only the ticket's id.
 * Source: developer.zendesk.com/api-reference/webhooks/event-types/messaging-events/
 */
export function messageEnvelope(message: Message, deps: EnvelopeDeps): Envelope {
  const { id, body, actor, conversation_id, ticket_id, at } = message;
  return {
    account_id: deps.accountId,
    id: deps.newId(),
    time: nanosecondTime(at, 0),
    type: MESSAGE_ADDED,
    subject: `zen:ticket:${ticket_id}`,
    zendesk_event_version: '2022-11-06',
    detail: { id: String(ticket_id) },
    event: { actor, conversation_id, message: { body, id } },
  };
}

/** ISO 8601 with nine decimals; `index` keeps the events of one change apart, as real ones are. */
function nanosecondTime(at: number, index: number): string {
  return new Date(at).toISOString().replace('Z', `${String(index + 1).padStart(6, '0')}Z`);
}
