// Reads one HTTP response of the service.
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';
import { type Answer, type RefusalKind, refused } from './refusal.ts';

/** 401 reads as `session_ended`; a caller that can renew the session does so before. */
export async function readResponse<T>(response: Response): Promise<Answer<T>> {
  if (response.status === 204) return { ok: true, value: undefined as T };
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body === null ? refused('unreachable') : { ok: true, value: body as T };
  const refusal = (body ?? {}) as Partial<ApiRefusal>;
  return refused(kindOf(response.status, refusal.error), {
    fields: refusal.fields ?? [],
    group: refusal.group ?? '',
    upTo: refusal.upTo ?? null,
    triesLeft: refusal.triesLeft ?? null,
    until: refusal.until ?? null,
    feedback: refusal.feedback ?? null,
    retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
  });
}

/** A code counts only with its own status: a proxy before the service has statuses of its own. */
function kindOf(status: number, code: RefusalCode | undefined): RefusalKind {
  if (code !== undefined && REFUSAL_STATUS[code] === status) return kindOfCode(code);
  switch (status) {
    case 401:
      return 'session_ended';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 429:
      return 'too_many_requests';
    case 502:
    case 503:
    case 504:
      return 'unreachable';
    default:
      return 'failed';
  }
}

function kindOfCode(code: RefusalCode): RefusalKind {
  switch (code) {
    case 'token_missing':
    case 'token_expired':
    case 'token_invalid':
      return 'session_ended';
    case 'unavailable':
      return 'unreachable';
    case 'bad_request':
    case 'internal':
      return 'failed';
    default:
      return code;
  }
}

/** In seconds; the service never sends the date form. */
function readRetryAfter(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
