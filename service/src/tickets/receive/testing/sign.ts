// Signs a webhook as Zendesk does, for tests.
import { createHmac } from 'node:crypto';

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
