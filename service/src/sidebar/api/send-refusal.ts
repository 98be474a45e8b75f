// Sends the answer to a refused call.
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';
import type { Response } from 'express';

/** `retryAfterS`: when to retry after `unavailable`, in seconds. */
export function sendRefusal(response: Response, error: RefusalCode, message: string, retryAfterS = 5): void {
  const refusal: ApiRefusal = { error, message };
  if (REFUSAL_STATUS[error] === 401) response.set('www-authenticate', 'Bearer');
  if (error === 'unavailable') response.set('retry-after', String(retryAfterS));
  response.status(REFUSAL_STATUS[error]).json(refusal);
}
