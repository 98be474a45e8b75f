// Verifies the signature of a webhook.
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  /** `x-zendesk-webhook-signature`. */
  signature: string | undefined;
  /** `x-zendesk-webhook-signature-timestamp`, ISO 8601. */
  timestamp: string | undefined;
  rawBody: Buffer;
}

/**
 * True when one of `secrets` (the current and previous one) signed the request:
 * base64(HMAC-SHA256(secret as plain text, timestamp + raw body)), no separator.
 * Source: developer.zendesk.com/documentation/webhooks/verifying/. Compares in constant time and tries every secret,
 * so that timing reveals neither a signature nor which secret was used.
 */
export function verifySignature(secrets: readonly string[], request: SignedRequest): boolean {
  const { signature, timestamp, rawBody } = request;
  if (!signature || !timestamp) return false;
  const given = Buffer.from(signature);
  let valid = false;
  for (const secret of secrets) {
    const expected = Buffer.from(createHmac('sha256', secret).update(timestamp).update(rawBody).digest('base64'));
    // A signature's length is not secret, and `timingSafeEqual` requires equal lengths.
    if (given.length === expected.length && timingSafeEqual(given, expected)) valid = true;
  }
  return valid;
}
