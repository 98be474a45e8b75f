// How is a call of the sidebar refused?
import type { ApiRefusal } from '@deskwright/shared/contract';
import type { Response } from 'express';

const STATUS_OF: Readonly<Record<ApiRefusal['error'], number>> = {
  bad_request: 400,
  token_missing: 401,
  token_expired: 401,
  token_invalid: 401,
  forbidden: 403,
  read_only: 403,
  group_not_allowed: 403,
  not_found: 404,
  closed: 409,
  solved: 409,
  no_such_group: 409,
  conflict: 409,
  fields_missing: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

/** `retryAfterS`: when to come back after `unavailable`, in seconds. */
export function sendRefusal(response: Response, error: ApiRefusal['error'], message: string, retryAfterS = 5): void {
  const refusal: ApiRefusal = { error, message };
  if (STATUS_OF[error] === 401) response.set('www-authenticate', 'Bearer');
  if (error === 'unavailable') response.set('retry-after', String(retryAfterS));
  response.status(STATUS_OF[error]).json(refusal);
}
