// Classifies a failed request: the cause, and what its caller can do.
import { ExternalError, isTemporary, sqlStateOf } from '../errors/external-error.ts';

export type RequestFailure =
  /** The request itself is invalid. `status` is 4xx. */
  | { kind: 'bad_request'; status: number }
  /** Something the answer needs is unavailable. The caller may retry after this many seconds. */
  | { kind: 'unavailable'; message: string; retryAfterS: number }
  | { kind: 'internal' };

/** Database outages and restarts are rarely shorter. Seconds. */
const RETRY_AFTER_S = 5;

/** Classifies what a handler threw. `message` contains no customer data. */
export function requestFailureOf(error: unknown): RequestFailure {
  // Its `status` is the external system's answer, not ours.
  if (error instanceof ExternalError) return externalFailure(error);
  const status = requestStatus(error);
  if (status !== null) return { kind: 'bad_request', status };
  if (isTemporary(error))
    return {
      kind: 'unavailable',
      message: MESSAGES[sqlStateOf(error)] ?? 'The database does not answer. Try again in a moment.',
      retryAfterS: RETRY_AFTER_S,
    };
  return { kind: 'internal' };
}

/** By SQLSTATE. */
const MESSAGES: Readonly<Record<string, string>> = {
  '53100': 'The disk of the database is full. Ask an admin to free some space.',
  '57014': 'The database took too long to answer. Ask for a shorter time, or try again in a moment.',
};

function externalFailure(error: ExternalError): RequestFailure {
  const retryAfterS = Math.max(RETRY_AFTER_S, Math.ceil((error.retryAfterMs ?? 0) / 1_000));
  return { kind: 'unavailable', message: externalMessage(error, retryAfterS), retryAfterS };
}

function externalMessage({ system, kind, status }: ExternalError, retryAfterS: number): string {
  if (kind === 'busy') return `${system} limits requests. Try again in ${retryAfterS} seconds.`;
  if (kind === 'forbidden')
    return `${system} refuses Deskwright’s login. Ask an admin to check the service’s /readyz page for the reason.`;
  if (status === null || status >= 500) return `${system} does not answer. Try again in a moment.`;
  return `${system} returned an answer that Deskwright cannot use. Try again; if it keeps failing, ask an admin to check the log.`;
}

/** Body parsers (`http-errors`) mark messages for the caller with `expose`; the router throws `URIError` for a malformed path. */
function requestStatus(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { status, expose } = error as Error & { status?: unknown; expose?: unknown };
  if (error.name === 'URIError') return 400;
  return expose === true && typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
