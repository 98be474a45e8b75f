// The refund card's calls to the service: record a refund, and undo it.
import type { RecordRefund } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function recordRefund(body: RecordRefund): TicketAction {
  return { method: 'POST', path: 'refunds', body };
}

export function undoRefund(refundId: number): TicketAction {
  return { method: 'DELETE', path: `refunds/${refundId}` };
}
