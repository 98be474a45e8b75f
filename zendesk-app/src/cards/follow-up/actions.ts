// The follow-up card's call to the service: record an outcome.
import type { RecordOutcome } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function recordOutcome(followUpId: number, body: RecordOutcome): TicketAction {
  return { method: 'PUT', path: `follow-ups/${followUpId}/outcome`, body };
}
