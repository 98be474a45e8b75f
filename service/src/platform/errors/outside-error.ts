// The error of a system outside, which errors pass by themselves, and a time limit for what does not answer.

/** The first three pass by themselves or with the login; `forbidden` may also concern one record only. */
export type OutsideErrorKind =
  /** It asks us to slow down: wait `retryAfterMs`. */
  | 'busy'
  /** No answer, or none of its own: try again later; a write may have happened. */
  | 'unavailable'
  /** It refuses our login, or this one record to us. */
  | 'forbidden'
  | 'conflict'
  | 'not_found'
  /** It will never succeed as it is. */
  | 'rejected';

/** `message` is safe to log. `system`: its name as people know it. `status`: of its HTTP answer; null: there was none. */
export class OutsideError extends Error {
  readonly system: string;
  readonly kind: OutsideErrorKind;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(
    system: string,
    kind: OutsideErrorKind,
    message: string,
    status: number | null = null,
    retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'OutsideError';
    this.system = system;
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * SQLSTATE classes 08 (connection), 40 (deadlock or serialization, the transaction was rolled back), 53 (resources) and 57 (shutdown).
 */
const AWAY = /^(?:08|40|53|57)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);
/** What pg says without a code when a connection is lost, cannot be had in time, or the pool has none to give in time. */
const WORDS = /connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect/i;

/** True for errors that pass by themselves: the work must be tried again, however often, and is not to blame. */
export function isAway(error: unknown): boolean {
  if (error instanceof OutsideError)
    return error.kind === 'busy' || error.kind === 'unavailable' || error.kind === 'forbidden';
  const cause = error instanceof Error && !('code' in error) && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return AWAY.test(code) || NETWORK.has(code) || WORDS.test(cause.message);
}

/** Settles as `work` does, or rejects with `message` after so many milliseconds. The work itself is not stopped. */
export async function withTimeout<T>(work: Promise<T>, milliseconds: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${message} within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
