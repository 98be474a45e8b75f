// Takes back what older changes of a ticket want, when a newer decision or an agent has settled it.
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { DEAD_LETTERED } from '../../platform/outbox/settle.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { isPlacementTag } from '../projection/category-tags.ts';
import type { TicketChange, TicketChangePayload } from './ticket-change.ts';

/**
 * Cancels the changes of earlier decisions about the ticket that wait or are dead-lettered, and gives them back, oldest first, so that
 * the newer decision can take over what it still wants of them. A change on its way stays, with a mark: should it turn out not
 * to have arrived, it no longer places the ticket. Answers of customers are never touched.
 */
export async function supersedeWaitingDecision(tx: Queryable, ticketId: number): Promise<TicketChange[]> {
  const ofTicket = and(
    eq(outbox.ticketId, ticketId),
    eq(outbox.kind, 'ticket_change'),
    sql`${outbox.payload}->>'cause' = 'decision'`,
  );
  await tx
    .update(outbox)
    .set({ payload: sql`${outbox.payload} || '{"superseded": true}'` })
    .where(and(ofTicket, eq(outbox.state, 'in_flight')));
  const cancelled = await tx
    .update(outbox)
    .set({ state: 'cancelled', lastError: 'superseded by a newer decision', finishedAt: sql`now()` })
    .where(and(ofTicket, inArray(outbox.state, ['waiting', DEAD_LETTERED])))
    .returning({ id: outbox.id, payload: outbox.payload });
  return cancelled.toSorted((a, b) => a.id - b.id).map((row) => (row.payload as TicketChangePayload).change);
}

export interface Yielding {
  /** True: the agent's act says nothing of the group, so that the move which waits still holds. */
  keepGroup: boolean;
  /** False: the note gives reasons for a category that it is not any more. */
  keepNote: boolean;
}

/**
 * Takes out of decisions that wait, are dead-lettered or are under way what the agent has settled. The rest (tags, priority) becomes part of the
 * agent's act, so that no later decision drops it. Of older acts only the move is taken: tried again later, it would come after the
 * newer one.
 */
export async function yieldToAgent(tx: Queryable, ticketId: number, keep: Yielding): Promise<void> {
  const rows = await tx
    .select({ id: outbox.id, state: outbox.state, payload: outbox.payload })
    .from(outbox)
    .where(
      and(
        eq(outbox.ticketId, ticketId),
        eq(outbox.kind, 'ticket_change'),
        inArray(outbox.state, ['waiting', 'in_flight', DEAD_LETTERED]),
        sql`${outbox.payload}->>'cause' IN ('decision', 'agent')`,
      ),
    )
    .orderBy(asc(outbox.id))
    .for('update');
  for (const { id, state, payload: stored } of rows) {
    const payload = stored as TicketChangePayload;
    if (payload.superseded) continue;
    const change = payload.cause === 'agent' ? restOfAct(payload.change, keep) : rest(payload.change, keep);
    // Under way it may be done already: then nothing is left to do, and if not, an empty change is as good as none.
    if (Object.keys(change).length === 0 && state !== 'in_flight') {
      const ended = { state: 'cancelled', lastError: 'an agent placed the ticket', finishedAt: sql`now()` } as const;
      await tx.update(outbox).set(ended).where(eq(outbox.id, id));
    } else {
      const kept: TicketChangePayload = { ...payload, cause: 'agent', change };
      await tx.update(outbox).set({ payload: kept, priority: 0 }).where(eq(outbox.id, id));
    }
  }
}

function rest({ addTags, groupId, priority, note }: TicketChange, keep: Yielding): TicketChange {
  const tags = addTags?.filter((tag) => !isPlacementTag(tag)) ?? [];
  return {
    ...(tags.length > 0 ? { addTags: tags } : {}),
    ...(keep.keepGroup && groupId !== undefined ? { groupId, groupOnlyIfUnassigned: true as const } : {}),
    ...(priority ? { priority } : {}),
    ...(keep.keepNote && note ? { note } : {}),
  };
}

function restOfAct(change: TicketChange, { keepGroup }: Yielding): TicketChange {
  if (keepGroup) return change;
  const { groupId: _groupId, groupOnlyIfUnassigned: _onlyIf, unassign: _unassign, ...others } = change;
  return others;
}
