// How is a wish kept in its row?
import type { outbox } from '../../platform/storage/schema.ts';
import type { Cause, TicketChange } from './effects.ts';

export type OutboxRow = typeof outbox.$inferSelect;

export interface TicketChangePayload {
  cause: Cause;
  change: TicketChange;
  /** A newer decision came while this one was on its way: if it turns out not to have arrived, it no longer places the ticket. */
  superseded?: true;
  /** `updated_at` of the ticket when a bulk job took the change along. */
  stamp?: string;
}
