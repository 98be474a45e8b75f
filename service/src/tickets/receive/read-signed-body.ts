// Reads the raw bytes of a webhook and verifies their signature.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from '../../platform/http/request-body.ts';

export type RawBody = { ok: true; bytes: Buffer } | { ok: false; problem: BodyProblem };
type BodyProblem = 'too_large' | 'encoded' | 'cut_off' | 'overloaded';

/** A chunk also needs an object: a sender of single bytes must not exceed the limit. */
const PIECE_BYTES = 256;

/**
 * Reads a raw body of at most `maxBytes`; a compressed one is refused, because nothing should be decompressed before its signature is
 * verified. The memory is reserved from `budget` and released at the end; if it is used up the problem is `overloaded`. A refused
 * body is read and discarded, so that the sender receives the answer. Never rejects.
 */
export function readRawBody(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<RawBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let held = 0;
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return refuse('encoded');
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse('too_large');
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return refuse('too_large');
      const holds = chunk.length + PIECE_BYTES;
      if (!budget.take(holds)) return refuse('overloaded');
      held += holds;
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      finish({ ok: true, bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
    });
    request.on('error', () => refuse('cut_off'));
    request.on('close', () => refuse('cut_off'));

    function refuse(problem: BodyProblem): void {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      finish({ ok: false, problem });
    }

    function finish(body: RawBody): void {
      budget.giveBack(held);
      held = 0;
      resolve(body);
    }
  });
}

interface SignedRequest {
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
