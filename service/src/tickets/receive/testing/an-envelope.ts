// Makes an event of Zendesk and signs it.
import { createHmac, randomUUID } from 'node:crypto';

export interface EnvelopeParts {
  id?: string;
  type?: string;
  ticketId?: number;
  /** Default: from the ticket. */
  subject?: string;
  time?: string;
  detail?: Record<string, unknown>;
  event?: Record<string, unknown>;
}

/** An envelope as Zendesk sends it (ids as strings, upper-case words, nanoseconds); `parts` overrides fields for the test. */
export function anEnvelope(parts: EnvelopeParts = {}) {
  const ticketId = parts.ticketId ?? 5158;
  return {
    account_id: 22129848,
    id: parts.id ?? randomUUID(),
    time: parts.time ?? '2025-01-08T10:12:07.672717030Z',
    type: `zen:event-type:${parts.type ?? 'ticket.created'}`,
    subject: parts.subject ?? `zen:ticket:${ticketId}`,
    zendesk_event_version: '2022-11-06',
    detail: {
      actor_id: '8447388090494',
      assignee_id: null,
      brand_id: '8447346621310',
      created_at: '2025-01-08T10:12:07Z',
      custom_status: '8447320466430',
      description: 'The tent leaks.',
      external_id: null,
      form_id: '8646151517822',
      group_id: '8447320466431',
      id: String(ticketId),
      is_public: true,
      organization_id: '8447346622462',
      priority: 'LOW',
      requester_id: '8447388090494',
      status: 'OPEN',
      subject: 'I want my money back',
      submitter_id: '8447388090494',
      tags: ['a', 'b'],
      type: 'TASK',
      updated_at: '2025-01-08T10:12:07Z',
      via: { channel: 'web_service' },
      ...parts.detail,
    },
    event: {
      meta: { sequence: { id: '01J8QZ3N5W7V9X2Y4A6C8E0G2J', position: 1, total: 1 } },
      ...parts.event,
    },
  };
}

/** The headers that Zendesk sends with a body. */
export function signedHeaders(secret: string, body: string, parts: { at?: string; invocation?: string } = {}) {
  const at = parts.at ?? '2026-01-02T03:04:05Z';
  return {
    'content-type': 'application/json',
    'x-zendesk-webhook-signature': createHmac('sha256', secret).update(at).update(body).digest('base64'),
    'x-zendesk-webhook-signature-timestamp': at,
    ...(parts.invocation ? { 'x-zendesk-webhook-invocation-id': parts.invocation } : {}),
  };
}
