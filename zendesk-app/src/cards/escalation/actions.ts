// The escalation card's call to the service: move the ticket to a tier or department.
import type { Escalate } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function escalate(body: Escalate): TicketAction {
  return { method: 'POST', path: 'escalations', body };
}
