// The tier card's calls to the service: correct the category and undo a correction.
import type { CorrectCategory } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function correctCategory(body: CorrectCategory): TicketAction {
  return { method: 'PUT', path: 'category', body };
}

export function undoCorrection(correctionId: number): TicketAction {
  return { method: 'DELETE', path: `corrections/${correctionId}` };
}
