// Builds the webhooks to send: real envelopes of 1.5 to 4 kB, signed as Zendesk signs.
import { createHmac, randomUUID } from 'node:crypto';

const SENTENCE =
  'I ordered the two person tent three weeks ago and it still has not arrived, can somebody please look into it? ';

/** @param {number} n */
function envelope(n) {
  const ticketId = 10_000 + (n % 5_000);
  const at = new Date(1_760_000_000_000 + n * 37).toISOString();
  return {
    account_id: 22129848,
    id: randomUUID(),
    time: at.replace('Z', '717030Z'),
    type: `zen:event-type:ticket.${n % 3 === 0 ? 'created' : 'comment_added'}`,
    subject: `zen:ticket:${ticketId}`,
    zendesk_event_version: '2022-11-06',
    detail: {
      actor_id: '8447388090494',
      assignee_id: null,
      brand_id: '8447346621310',
      created_at: at,
      custom_status: '8447320466430',
      description: SENTENCE.repeat(6 + (n % 12)),
      external_id: null,
      form_id: '8646151517822',
      group_id: '8447320466430',
      id: String(ticketId),
      is_public: true,
      organization_id: '8447346622462',
      priority: 'LOW',
      requester_id: '8447388090494',
      status: 'OPEN',
      subject: `Where is my order ${n}?`,
      submitter_id: '8447388090494',
      tags: ['web', 'returning_customer', 'tents'],
      type: 'QUESTION',
      updated_at: at,
      via: { channel: 'email' },
    },
    event: {
      ...(n % 3 === 0
        ? {}
        : {
            comment: {
              id: String(500_000 + n),
              body: SENTENCE.repeat(1 + (n % 8)),
              is_public: true,
              author: { id: '8447388090494', is_staff: false, name: 'A customer' },
            },
          }),
      meta: { sequence: { id: randomUUID(), position: 1, total: 1 } },
    },
  };
}

/**
 * Whole requests, ready to be written to a socket, so that the sender costs the machine as little as possible.
 * @param {number} count
 * @param {string} secret
 * @returns {Buffer[]}
 */
export function signedRequests(count, secret) {
  return Array.from({ length: count }, (_, n) => {
    const body = JSON.stringify(envelope(n));
    const timestamp = '2026-01-02T03:04:05Z';
    const signature = createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
    return Buffer.from(
      [
        'POST /webhooks/zendesk HTTP/1.1',
        'host: 127.0.0.1',
        'user-agent: Zendesk Webhook',
        'content-type: application/json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'x-zendesk-account-id: 22129848',
        'x-zendesk-webhook-id: 01F1KRFQ6BG29CNWFR60NK5FNY',
        `x-zendesk-webhook-invocation-id: ${randomUUID()}`,
        `x-zendesk-webhook-signature: ${signature}`,
        `x-zendesk-webhook-signature-timestamp: ${timestamp}`,
        '',
        body,
      ].join('\r\n'),
    );
  });
}
