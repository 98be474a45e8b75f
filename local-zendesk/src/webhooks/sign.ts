// Signs a webhook request as Zendesk does.
import { createHmac } from 'node:crypto';

/**
 * Secret that signs test deliveries of a webhook which is not saved yet.
 * Source: developer.zendesk.com/documentation/webhooks/verifying/ (it looks like base64 and is used undecoded).
 */
export const TEST_DELIVERY_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

/**
 * `base64(HMAC-SHA256(secret, timestamp + body))`, without a separator; the secret is plain text, never decoded.
 * `timestamp` is the text of the signature-timestamp header. An empty body (GET, DELETE) signs the timestamp alone.
 */
export function sign(secret: string, timestamp: string, body: string | Buffer): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
}
