// Signs a webhook request as Zendesk does.
import { createHmac } from 'node:crypto';
import type { RequestTarget } from './webhook-target.ts';

/**
 * Secret that signs test deliveries of a webhook which is not saved yet.
 * Source: developer.zendesk.com/documentation/webhooks/verifying/ (it looks like base64 and is used undecoded).
 */
export const TEST_DELIVERY_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

/**
 * `base64(HMAC-SHA256(secret, timestamp + body))`, without a separator; the secret is plain text, never decoded.
 * `timestamp` is the text of the signature-timestamp header. An empty body (GET, DELETE) signs the timestamp alone.
 * @internal
 */
export function sign(secret: string, timestamp: string, body: string | Buffer): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
}

interface RequestStamp {
  accountId: number;
  webhookId: string;
  invocationId: string;
  secret: string;
  /** Epoch milliseconds of sending; printed with whole seconds. */
  at: number;
}

const CONTENT_TYPES = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  form_encoded: 'application/x-www-form-urlencoded; charset=utf-8',
} as const;

/**
 * All headers of one attempt, signature included. Custom headers go to HTTPS addresses only, as at Zendesk.
 * Source: developer.zendesk.com/documentation/webhooks/anatomy-of-a-webhook-request/
 */
export function requestHeaders(target: RequestTarget, body: string, stamp: RequestStamp): Record<string, string> {
  const timestamp = new Date(stamp.at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const bodyless = target.http_method === 'GET' || target.http_method === 'DELETE';
  return {
    ...(target.endpoint.startsWith('https:') ? target.custom_headers : {}),
    ...authenticationHeader(target),
    ...(bodyless
      ? {}
      : {
          'content-type': CONTENT_TYPES[target.request_format],
          'content-length': String(Buffer.byteLength(body)),
        }),
    'user-agent': 'Zendesk Webhook',
    'x-zendesk-account-id': String(stamp.accountId),
    'x-zendesk-webhook-id': stamp.webhookId,
    'x-zendesk-webhook-invocation-id': stamp.invocationId,
    'x-zendesk-webhook-signature': sign(stamp.secret, timestamp, bodyless ? '' : body),
    'x-zendesk-webhook-signature-timestamp': timestamp,
  };
}

function authenticationHeader({ authentication }: RequestTarget): Record<string, string> {
  if (authentication === null) return {};
  const { type, data } = authentication;
  switch (type) {
    case 'bearer_token':
      return { authorization: `Bearer ${data['token'] ?? ''}` };
    case 'basic_auth':
      return {
        authorization: `Basic ${Buffer.from(`${data['username'] ?? ''}:${data['password'] ?? ''}`).toString('base64')}`,
      };
    case 'api_key':
      return data['name'] === undefined ? {} : { [data['name'].toLowerCase()]: data['value'] ?? '' };
  }
}
