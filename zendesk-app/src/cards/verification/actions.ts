// The verification card's calls to the service: send a code, check it, check answers.
import type { CheckAnswers } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function sendCode(requestId: string): TicketAction {
  return { method: 'POST', path: 'verification/codes', body: { requestId } };
}

export function checkCode(code: string): TicketAction {
  return { method: 'PUT', path: 'verification', body: { code } };
}

export function checkAnswers(body: CheckAnswers): TicketAction {
  return { method: 'POST', path: 'verification/answers', body };
}
