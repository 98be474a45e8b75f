// How is a wish kept in its row?
import type { outbox } from '../storage/schema.ts';
import type { Effect, HandledEffect, TicketChange } from './effects.ts';

export type OutboxRow = typeof outbox.$inferSelect;

export interface TicketChangePayload {
  cause: 'decision' | 'answer';
  change: TicketChange;
  /** A newer decision came while this one was on its way: if it turns out not to have arrived, it no longer places the ticket. */
  superseded?: true;
  /** `updated_at` of the ticket when a bulk job took the change along. */
  stamp?: string;
}

export type InvitationMailPayload = Pick<Extract<Effect, { kind: 'invitation_mail' }>, 'invitationId'>;

/** What of a wish goes into the row's `payload`; the rest are columns. */
export function payloadOf(effect: Effect): TicketChangePayload | InvitationMailPayload {
  switch (effect.kind) {
    case 'ticket_change':
      return { cause: effect.cause, change: effect.change };
    case 'invitation_mail':
      return { invitationId: effect.invitationId };
  }
}

/** The wish of a row whose kind a handler serves. */
export function handledEffectOf(row: Pick<OutboxRow, 'kind' | 'key' | 'ticketId' | 'payload'>): HandledEffect {
  const { invitationId } = row.payload as InvitationMailPayload;
  return { kind: 'invitation_mail', key: row.key, ticketId: Number(row.ticketId), invitationId };
}
