// What does one HTTP answer of the service mean?
import type { ApiRefusal } from '@deskwright/shared/contract';
import { type Answer, type Refusal, refused } from './refusal.ts';

/** 401 is told apart by the caller, who may renew the session first. */
export async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body === null ? refused('unreachable') : { ok: true, value: body as T };
  const told = (body ?? {}) as Partial<ApiRefusal>;
  return refused(kindOf(response.status, told.error), {
    fields: told.fields ?? [],
    group: told.group ?? '',
    retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
  });
}

function kindOf(status: number, error: ApiRefusal['error'] | undefined): Refusal['kind'] {
  switch (status) {
    case 401:
      return 'session_ended';
    case 403:
      return error === 'read_only' || error === 'group_not_allowed' ? error : 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return error === 'closed' || error === 'solved' || error === 'no_such_group' ? error : 'conflict';
    case 422:
      return error === 'fields_missing' ? 'fields_missing' : 'failed';
    case 429:
      return 'too_many_requests';
    // A proxy before the service says 502 and 504 for it.
    case 502:
    case 503:
    case 504:
      return 'unreachable';
    default:
      return 'failed';
  }
}

/** Seconds; the service never sends the date form. */
function readRetryAfter(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
