// The goodwill card's calls to the service: give something, and take it back.
import type { GiveGoodwill } from '@deskwright/shared/contract';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function giveGoodwill(body: GiveGoodwill): TicketAction {
  return { method: 'POST', path: 'goodwill', body };
}

export function takeBackGoodwill(goodwillId: number): TicketAction {
  return { method: 'DELETE', path: `goodwill/${goodwillId}` };
}
