// The customer card's call to the service: ask for feedback.
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export const askForFeedback: TicketAction = { method: 'POST', path: 'feedback', body: {} };
