// Repeats the answer of a request with the same idempotency key.
import type { Call, Reply } from './call.ts';
import { failed } from './replies.ts';

const LONGEST_KEY = 255;
// Zendesk keeps keys for two hours.
const KEPT_MS = 2 * 3_600_000;

interface Answered {
  body: string;
  reply: Reply;
  at: number;
}

type Idempotently = (call: Call, answer: () => Reply | Promise<Reply>) => Reply | Promise<Reply>;

/** `Idempotency-Key`: the first answer is repeated, marked by `x-idempotency-lookup: hit`. Refusals are not kept. */
export function createIdempotencyStore(): Idempotently {
  const answered = new Map<string, Answered>();
  return async (call, answer) => {
    const key = call.headers['idempotency-key'];
    if (key === undefined) return answer();
    if (key.length > LONGEST_KEY) return failed(400, 'IdempotentRequestError', 'The Idempotency-Key is too long');
    const now = call.account.clock.now();
    for (const [old, { at }] of answered) if (now - at > KEPT_MS) answered.delete(old);
    const body = JSON.stringify(call.body);
    const known = answered.get(key);
    if (known !== undefined && known.body !== body) {
      return failed(400, 'IdempotentRequestError', 'Request parameters are different from the original request');
    }
    const reply = known?.reply ?? (await answer());
    if (reply.status < 300) answered.set(key, { body, reply, at: known?.at ?? now });
    const lookup = known === undefined ? 'miss' : 'hit';
    return { ...reply, headers: { ...reply.headers, 'x-idempotency-lookup': lookup } };
  };
}
