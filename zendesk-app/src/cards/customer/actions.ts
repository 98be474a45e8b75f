// The customer card's calls to the service: ask for feedback, and read a page of the customer's answers.
import type { AnswersPage } from '@deskwright/shared/contract';
import type { Answer } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export const askForFeedback: TicketAction = { method: 'POST', path: 'feedback', body: {} };

export function readAnswers(service: ServiceClient, ticketId: number, page: number): Promise<Answer<AnswersPage>> {
  return service.call('GET', `/api/tickets/${ticketId}/answers/${page}`);
}
