// Declares what the sidebar may send, apart from its actions, and answers a call that is refused.

import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';
import type { Response } from 'express';
import { z } from 'zod';
import { anId } from '../actions/action.ts';

export const onTicketShape = z.object({ id: anId });
export const liveShape = z.object({ ticket: anId });
export const renewShape = z.object({ renewal: z.string().min(1).max(4_000) });

/** `retryAfterS`: when to retry after `unavailable`, in seconds. */
export function sendRefusal(response: Response, error: RefusalCode, message: string, retryAfterS = 5): void {
  const refusal: ApiRefusal = { error, message };
  if (REFUSAL_STATUS[error] === 401) response.set('www-authenticate', 'Bearer');
  if (error === 'unavailable') response.set('retry-after', String(retryAfterS));
  response.status(REFUSAL_STATUS[error]).json(refusal);
}
