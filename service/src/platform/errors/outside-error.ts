// The error of a system outside that did not do what it was asked.

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
