// Remembers the answers to requests with an idempotency key, for as long as Stripe does.
// https://docs.stripe.com/api/idempotent_requests

export interface Answer {
  status: number;
  body: object;
}

interface Remembered {
  request: string;
  at: number;
  /** Null: still under way. */
  answer: Answer | null;
}

/** "Keys are eligible to be removed after they're at least 24 hours old." */
const KEPT_MS = 24 * 3_600_000;

export type IdempotencyMemory = ReturnType<typeof createIdempotencyMemory>;

/** @param now epoch milliseconds, of the account's clock */
export function createIdempotencyMemory(now: () => number) {
  const remembered = new Map<string, Remembered>();
  return {
    /** Null: do it, and call `end` with the answer. `request`: path and body, which must be the same again. */
    begin(key: string, request: string): Answer | null {
      const known = remembered.get(key);
      if (known === undefined || now() - known.at >= KEPT_MS) {
        remembered.set(key, { request, at: now(), answer: null });
        return null;
      }
      if (known.request !== request)
        return refuse(
          400,
          'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        );
      return known.answer ?? refuse(409, 'There is currently another in-progress request using this Idempotent Key.');
    },
    end(key: string, answer: Answer) {
      const known = remembered.get(key);
      if (known !== undefined) known.answer = answer;
    },
  };
}

const refuse = (status: number, message: string): Answer => ({
  status,
  body: {
    error: { type: 'idempotency_error', message, ...(status === 409 ? { code: 'idempotency_key_in_use' } : {}) },
  },
});
