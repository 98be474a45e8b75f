// The refund card's calls to the service: find payments, refund one or ask for approval, record a refund and undo it, tick evidence.
import type {
  RecordRefund,
  RefundPayment,
  RequestApproval,
  TickEvidence,
  TicketPayments,
} from '@deskwright/shared/contract';
import type { Answer } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function readPayments(service: ServiceClient, ticketId: number): Promise<Answer<TicketPayments>> {
  return service.call('GET', `/api/tickets/${ticketId}/payments`);
}

export function refundPayment(body: RefundPayment): TicketAction {
  return { method: 'POST', path: 'payment-refunds', body };
}

export function askForApproval(body: RequestApproval): TicketAction {
  return { method: 'POST', path: 'refund-approvals', body };
}

export function recordRefund(body: RecordRefund): TicketAction {
  return { method: 'POST', path: 'refunds', body };
}

export function undoRefund(refundId: number): TicketAction {
  return { method: 'DELETE', path: `refunds/${refundId}` };
}

export function tickEvidence(evidenceId: string, body: TickEvidence): TicketAction {
  return { method: 'PUT', path: `evidence/${encodeURIComponent(evidenceId)}`, body };
}
