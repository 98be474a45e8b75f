// How does a wish become durable?
import type { Queryable } from '../../platform/storage/database.ts';
import { outbox } from '../../platform/storage/schema.ts';
import type { Effect } from './effects.ts';
import type { TicketChangePayload } from './stored-effect.ts';

/**
 * Writes the wish in the caller's transaction, next to what made it necessary. Idempotent: a key that is already there, in
 * whatever state, is left as it is. Gives back whether the wish is new. `dueAt`: not before then; default is at once.
 */
export async function recordEffect(tx: Queryable, effect: Effect, options: { dueAt?: Date } = {}): Promise<boolean> {
  const payload: TicketChangePayload = { cause: effect.cause, change: effect.change };
  const recorded = await tx
    .insert(outbox)
    .values({
      kind: effect.kind,
      key: effect.key,
      ticketId: effect.ticketId,
      payload,
      ...(options.dueAt ? { dueAt: options.dueAt } : {}),
    })
    .onConflictDoNothing({ target: outbox.key })
    .returning({ id: outbox.id });
  return recorded.length > 0;
}
