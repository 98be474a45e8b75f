// Judges a failed request: who is to blame, and what its caller can do.
import { isAway, OutsideError } from '../errors/outside-error.ts';

export type Trouble =
  /** The request itself is no good. `status` is 4xx. */
  | { kind: 'bad_request'; status: number }
  /** Something the answer needs is away. The caller may come back after so many seconds. */
  | { kind: 'unavailable'; message: string; retryAfterS: number }
  | { kind: 'internal' };

/** Outages and restarts of a database are rarely shorter. Seconds. */
const COME_BACK_AFTER_S = 5;

/** Judges what a handler threw. `message` holds nothing of a customer's. */
export function troubleOf(error: unknown): Trouble {
  // Its `status` is what that system answered us, which is no status of ours.
  if (error instanceof OutsideError) return outsideTrouble(error);
  const status = requestStatus(error);
  if (status !== null) return { kind: 'bad_request', status };
  if (isAway(error))
    return {
      kind: 'unavailable',
      message: isDiskFull(error)
        ? 'The disk of the database is full. Ask an admin to make room.'
        : 'The database does not answer. Try again in a moment.',
      retryAfterS: COME_BACK_AFTER_S,
    };
  return { kind: 'internal' };
}

/** SQLSTATE 53100. Drizzle wraps what PostgreSQL said. */
function isDiskFull(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return (code ?? cause?.code) === '53100';
}

function outsideTrouble(error: OutsideError): Trouble {
  const retryAfterS = Math.max(COME_BACK_AFTER_S, Math.ceil((error.retryAfterMs ?? 0) / 1_000));
  return { kind: 'unavailable', message: outsideMessage(error, retryAfterS), retryAfterS };
}

function outsideMessage({ system, kind, status }: OutsideError, retryAfterS: number): string {
  if (kind === 'busy') return `${system} asks us to slow down. Try again in ${retryAfterS} seconds.`;
  if (kind === 'forbidden')
    return `${system} refuses Deskwright’s login. Ask an admin to look at the service’s /readyz page, which says why.`;
  if (status === null || status >= 500) return `${system} does not answer. Try again in a moment.`;
  return `${system} gave an answer that Deskwright cannot use. Try again; if it stays so, ask an admin to look at the log.`;
}

/** Body parsers (`http-errors`) mark what the caller may be told with `expose`; the router throws `URIError` for a malformed path. */
function requestStatus(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { status, expose } = error as Error & { status?: unknown; expose?: unknown };
  if (error.name === 'URIError') return 400;
  return expose === true && typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
