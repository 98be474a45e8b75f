// Withdraws older changes of a ticket when a newer decision or an agent's action replaces them.
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { DEAD_LETTERED } from '../../platform/storage/tables.ts';
import { isPlacementTag } from '../projection/ticket-row.ts';
import type { TicketChange, TicketChangePayload } from './ticket-change.ts';

/** Of one ticket; see `supersedeWaitingDecisions`. */
export async function supersedeWaitingDecision(tx: Queryable, ticketId: number): Promise<TicketChange[]> {
  const [superseded = []] = await supersedeWaitingDecisions(tx, [ticketId]);
  return superseded;
}

/**
 * Cancels the changes of earlier decisions about the tickets that wait or are dead-lettered, and gives them back for each ticket, oldest first, so that
 * the newer decision can take over what it still wants. A change in flight stays, but is marked: if it did not
 * arrive, it no longer sets category, tier and group. Customers' answers are never affected.
 */
export async function supersedeWaitingDecisions(
  tx: Queryable,
  ticketIds: readonly number[],
): Promise<TicketChange[][]> {
  const ifOnItsWay = (then: SQL, otherwise: SQL) =>
    sql`CASE ${outbox.state} WHEN 'in_flight' THEN ${then} ELSE ${otherwise} END`;
  const changed = await tx
    .update(outbox)
    .set({
      payload: ifOnItsWay(sql`${outbox.payload} || '{"superseded": true}'`, sql`${outbox.payload}`),
      lastError: ifOnItsWay(sql`${outbox.lastError}`, sql`'superseded by a newer decision'`),
      finishedAt: ifOnItsWay(sql`${outbox.finishedAt}`, sql`now()`),
      state: ifOnItsWay(sql`${outbox.state}`, sql`'cancelled'`),
    })
    .where(ofOpenDecisions(ticketIds))
    .returning({ id: outbox.id, ticketId: outbox.ticketId, state: outbox.state, payload: outbox.payload });
  const cancelled = changed.filter(({ state }) => state === 'cancelled').toSorted((a, b) => a.id - b.id);
  return ticketIds.map((id) =>
    cancelled.flatMap(({ ticketId, payload }) => (ticketId === id ? (payload as TicketChangePayload).change : [])),
  );
}

/** The open changes of earlier decisions about a ticket: `none`, `locked` by this transaction, or `held` by somebody who settles or claims one. */
export type OpenDecisions = 'none' | 'locked' | 'held';

/** Locks the changes that superseding would touch, without waiting, for each ticket. */
export async function tryLockWaitingDecisions(tx: Queryable, ticketIds: readonly number[]): Promise<OpenDecisions[]> {
  const open = tx.select({ id: outbox.id, ticketId: outbox.ticketId }).from(outbox).where(ofOpenDecisions(ticketIds));
  const { rows } = await tx.execute<{ ticket_id: number; held: boolean }>(sql`
    WITH taken AS MATERIALIZED (${open} FOR UPDATE SKIP LOCKED)
    SELECT open.ticket_id::float8 AS ticket_id, bool_or(open.id NOT IN (SELECT taken.id FROM taken)) AS held
    FROM (${open}) AS open GROUP BY open.ticket_id`);
  const held = new Map(rows.map((row) => [row.ticket_id, row.held]));
  return ticketIds.map((id) => (held.has(id) ? (held.get(id) ? 'held' : 'locked') : 'none'));
}

const ofOpenDecisions = (ticketIds: readonly number[]): SQL | undefined =>
  and(
    inArray(outbox.ticketId, [...ticketIds]),
    eq(outbox.kind, 'ticket_change'),
    sql`${outbox.payload}->>'cause' = 'decision'`,
    inArray(outbox.state, ['in_flight', 'waiting', 'observed', DEAD_LETTERED]),
  );

export interface KeptParts {
  /** True: the agent's action does not set the group, so a waiting move still applies. */
  keepGroup: boolean;
  /** False: the note explains a category that no longer applies. */
  keepNote: boolean;
}

/**
 * Removes what the agent has decided from waiting, dead-lettered and running changes of decisions. The rest (tags, priority) becomes part of the
 * agent's action, so that no later decision drops it. From older actions only the move is removed: retried later, it would override the
 * newer one.
 */
export async function withdrawOverriddenChanges(tx: Queryable, ticketId: number, keep: KeptParts): Promise<void> {
  const rows = await tx
    .select({ id: outbox.id, state: outbox.state, payload: outbox.payload })
    .from(outbox)
    .where(
      and(
        eq(outbox.ticketId, ticketId),
        eq(outbox.kind, 'ticket_change'),
        inArray(outbox.state, ['waiting', 'in_flight', 'observed', DEAD_LETTERED]),
        sql`${outbox.payload}->>'cause' IN ('decision', 'agent')`,
      ),
    )
    .orderBy(asc(outbox.id))
    .for('update');
  for (const { id, state, payload: stored } of rows) {
    const payload = stored as TicketChangePayload;
    if (payload.superseded) continue;
    const change = payload.cause === 'agent' ? restOfAction(payload.change, keep) : rest(payload.change, keep);
    // A change in flight may already be done: then nothing is left to do; if not, an empty change has no effect.
    if (Object.keys(change).length === 0 && state !== 'in_flight') {
      const ended = {
        state: 'cancelled',
        lastError: 'an agent decided about the ticket',
        finishedAt: sql`now()`,
      } as const;
      await tx.update(outbox).set(ended).where(eq(outbox.id, id));
    } else {
      const kept: TicketChangePayload = { ...payload, cause: 'agent', change };
      await tx.update(outbox).set({ payload: kept, priority: 0 }).where(eq(outbox.id, id));
    }
  }
}

/** Removes the note from a change that was not written yet. False: it was, or may have been. @param key of the change */
export async function withdrawNote(tx: Queryable, key: string): Promise<boolean> {
  const withdrawn = await tx
    .update(outbox)
    .set({ payload: sql`${outbox.payload} #- '{change,note}'` })
    .where(and(eq(outbox.key, key), inArray(outbox.state, ['waiting', DEAD_LETTERED])))
    .returning({ id: outbox.id });
  return withdrawn.length > 0;
}

function rest({ addTags, groupId, priority, note }: TicketChange, keep: KeptParts): TicketChange {
  const tags = addTags?.filter((tag) => !isPlacementTag(tag)) ?? [];
  return {
    ...(tags.length > 0 ? { addTags: tags } : {}),
    ...(keep.keepGroup && groupId !== undefined ? { groupId, groupOnlyIfUnassigned: true as const } : {}),
    ...(priority ? { priority } : {}),
    ...(keep.keepNote && note ? { note } : {}),
  };
}

function restOfAction(change: TicketChange, { keepGroup }: KeptParts): TicketChange {
  if (keepGroup) return change;
  const { groupId: _groupId, groupOnlyIfUnassigned: _onlyIf, unassign: _unassign, ...others } = change;
  return others;
}
