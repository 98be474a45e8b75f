// Parses the body of a webhook request.
import { z } from 'zod';
import { makeStorable, storableText } from '../../platform/storage/make-storable.ts';
import { eventTime } from './envelope-schema.ts';

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
