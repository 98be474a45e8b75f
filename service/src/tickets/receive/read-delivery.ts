// Reads a webhook request: its raw bytes, their signature, and what they deliver.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { BodyBudget } from '../../platform/http/request-body.ts';
import { makeStorable, storableText } from '../../platform/storage/make-storable.ts';
import { eventTime } from './envelope-schema.ts';

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

/** A request with a valid signature, ready to be stored in the inbox. */
export interface Delivery {
  /** `x-zendesk-webhook-invocation-id`, opaque. */
  readonly invocationId: string | null;
  /** `id` of the event envelope; null for a Zendesk trigger's body. */
  readonly envelopeId: string | null;
  /** `ticket.status_changed`, `trigger`, `user.created`, ... or `unknown`. */
  readonly type: string;
  readonly ticketId: number | null;
  readonly occurredAt: Date | null;
  /** The body as JSON text that PostgreSQL can store. */
  readonly body: string;
}

const PREFIX = 'zen:event-type:';
/** Longer than any name or id in Zendesk; longer values are ignored, so that they do not bloat the indexes. */
const LONGEST = 200;

const word = z.string().min(1).max(LONGEST).nullish().catch(null);
const ticketId = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.int().positive())
  .nullish()
  .catch(null);

/** An event envelope or a Zendesk trigger's body; every part is optional, because no event is refused for its shape. */
const bodySchema = z.object({
  id: word,
  type: word,
  subject: word,
  time: eventTime.nullish().catch(null),
  ticket_id: ticketId,
  ticket: z.object({ id: ticketId }).nullish().catch(null),
  detail: z.object({ id: ticketId }).nullish().catch(null),
});

/**
 * Parses a body with a valid signature: an event envelope of any family, a Zendesk trigger's `{"ticket_id": 123}` or
 * `{"ticket": {"id": 123}}`, or, stored as `unknown`, any other JSON. Returns null if it is not JSON.
 */
export function readDelivery(rawBody: Buffer, invocationId: string | null): Delivery | null {
  const text = rawBody.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return { invocationId: usable(invocationId), body: makeStorable(text), ...identify(value) };
}

function identify(value: unknown): Omit<Delivery, 'invocationId' | 'body'> {
  const { data } = bodySchema.safeParse(value);
  if (data?.type?.startsWith(PREFIX)) {
    const type = usable(data.type.slice(PREFIX.length)) ?? 'unknown';
    const shown = type.startsWith('ticket.') ? data.detail?.id : null;
    return {
      envelopeId: usable(data.id ?? null),
      type,
      ticketId: data.subject ? ticketIdOf(data.subject) : (shown ?? null),
      occurredAt: data.time ?? null,
    };
  }
  const id = data?.ticket_id ?? data?.ticket?.id ?? null;
  return { envelopeId: null, type: id === null ? 'unknown' : 'trigger', ticketId: id, occurredAt: null };
}

/** `subject` names what the event is about: `zen:ticket:5158`. */
function ticketIdOf(subject: string): number | null {
  const id = Number(/^zen:ticket:(\d+)$/.exec(subject)?.[1]);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

function usable(text: string | null): string | null {
  return text === null || text === '' || text.length > LONGEST ? null : storableText(text);
}
