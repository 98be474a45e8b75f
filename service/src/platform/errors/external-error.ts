// Defines errors of external systems, recognises temporary ones, reads how long they ask to wait, and limits how long to wait for an answer.

/** The first three are temporary or concern the login; `forbidden` may also concern one record only. */
export type ExternalErrorKind =
  /** The system asks us to slow down: wait `retryAfterMs`. */
  | 'busy'
  /** No answer, or one from a proxy: retry later; a write may have been done. */
  | 'unavailable'
  /** It refuses our login, or access to this one record. */
  | 'forbidden'
  | 'conflict'
  | 'not_found'
  /** The request can never succeed in this form. */
  | 'rejected';

/** `message` is safe to log. `system`: its product name. `status`: of its HTTP answer; null: there was none. */
export class ExternalError extends Error {
  readonly system: string;
  readonly kind: ExternalErrorKind;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(
    system: string,
    kind: ExternalErrorKind,
    message: string,
    status: number | null = null,
    retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'ExternalError';
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
/** pg's messages without a code for a lost connection and for time-outs of connecting and of the pool. */
const WORDS = /connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect/i;

/** PostgreSQL's SQLSTATE. Drizzle wraps the error. Another text where there is none. */
export function sqlStateOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return String(code ?? cause?.code);
}

/** True for temporary errors: the work is retried without limit, and its attempts are not counted. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof ExternalError)
    return error.kind === 'busy' || error.kind === 'unavailable' || error.kind === 'forbidden';
  const cause = error instanceof Error && !('code' in error) && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return AWAY.test(code) || NETWORK.has(code) || WORDS.test(cause.message);
}

/**
 * How long a system asks to wait, in milliseconds. Null: it does not say, or says it as a date, which is not read: the system's clock may differ from ours.
 * @param header `Retry-After`, in seconds
 */
export function readRetryAfter(header: string | null | undefined): number | null {
  const seconds = header?.trim() ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : null;
}

/** Settles like `work`, or rejects with `message` after `milliseconds`. The work itself is not stopped. */
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
