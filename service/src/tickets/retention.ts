// Deletes what was recorded of tickets when the policy's retention period has ended.
import type { Policy } from '@deskwright/shared';
import { and, eq, inArray, isNotNull, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { people } from '../directory/tables.ts';
import type { Retention } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { DEAD_LETTERED } from '../platform/storage/tables.ts';
import { deleteOldRules } from './decision-log/policy-rules.ts';
import type { ErasingHook } from './hooks.ts';
import { eraseTickets } from './projection/erase-tickets.ts';
import { sweeps } from './redecide/tables.ts';
import { comments, decisions, inbox, redactedTickets, ticketMoves, tickets } from './tables.ts';

/** Rows taken at a time, so that no other work waits long for a lock. */
const EVENTS_AT_A_TIME = 5_000;
/** Each has comments. */
const TICKETS_AT_A_TIME = 500;

interface TicketRetentionDeps {
  db: Database;
  policy: { current: () => { policy: Policy } };
  hooks: readonly ErasingHook[];
}

export function ticketRetention({ db, policy, hooks }: TicketRetentionDeps): Retention[] {
  const keep = () => policy.current().policy.retention;
  return [
    (now) => pruneEvents(db, now, keep().events),
    (now, signal) => pruneWords(db, { words: keep().words, now, hooks, signal }),
    async (now, signal) => {
      const before = daysBefore(now, keep().decisions);
      const where = ofNoOpenTicket(decisions.ticketId);
      await deleteOldRows(db, { table: decisions, at: decisions.decidedAt, where }, before, signal);
      await deleteOldRules(db, before);
      // Their tickets go with them.
      await db
        .delete(sweeps)
        .where(and(lt(sweeps.createdAt, before), notInArray(sweeps.state, ['running', 'undoing'])));
    },
    (now, signal) =>
      deleteOldRows(
        db,
        { table: ticketMoves, at: ticketMoves.movedAt, where: ofNoOpenTicket(ticketMoves.ticketId) },
        daysBefore(now, keep().moves),
        signal,
      ),
    (now, signal) => pruneTickets(db, daysBefore(now, keep().tickets), signal),
  ];
}

/** What the sidebar shows of a ticket that somebody works on stays, however old it is. `ticketId`: the column that names it. */
export const ofNoOpenTicket = (ticketId: PgColumn): SQL =>
  sql`NOT EXISTS (SELECT FROM ${tickets} WHERE ${tickets.id} = ${ticketId} AND ${tickets.gone} IS NULL
    AND ${tickets.status} NOT IN ('solved', 'closed'))`;

/**
 * Deletes events that ended longer than `keep` before `now`: they are kept to explain a ticket and to know a late duplicate again, and no
 * longer, because their bodies hold customers' words. Those set aside stay until somebody has seen to them. Returns how many were deleted. @internal
 */
export async function pruneEvents(db: Database, now: Date, keep = '30d'): Promise<number> {
  const before = daysBefore(now, keep).toISOString();
  let total = 0;
  for (;;) {
    const { rowCount } = await db.execute(sql`DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox WHERE state IN ('decided', 'ignored') AND finished_at < ${before} LIMIT ${EVENTS_AT_A_TIME})`);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < EVENTS_AT_A_TIME) return total;
  }
}

/** Tickets that last changed before `before` and have lost their words, so that they are closed or gone. Zendesk tells no more of such. */
async function pruneTickets(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  const erased = sql`${tickets.erasedAt} IS NOT NULL AND ${tickets.updatedAt} < ${before.toISOString()}`;
  while (!signal.aborted) {
    const old = await db
      .select({ id: tickets.id })
      .from(tickets)
      .where(erased)
      .orderBy(tickets.updatedAt)
      .limit(TICKETS_AT_A_TIME);
    if (old.length === 0) break;
    const ids = old.map(({ id }) => id);
    await db.transaction(async (tx) => {
      await tx.delete(comments).where(inArray(comments.ticketId, ids));
      await tx.delete(redactedTickets).where(inArray(redactedTickets.ticketId, ids));
      await tx.delete(tickets).where(inArray(tickets.id, ids));
    });
  }
}

/** Each needs a lock until the transaction ends, and agents wait for it. */
const AT_A_TIME = 100;

/**
 * Erases the text of tickets that have been closed or deleted for longer than `words` (`180d`) before `now`, one batch per transaction; the bodies
 * of events that were dead-lettered as long ago; and the names of customers without remaining text. Returns how many tickets. When aborted, it
 * ends after the current batch.
 * @internal
 */
export async function pruneWords(
  db: Database,
  { words, now, hooks, signal }: { words: string; now: Date; hooks: readonly ErasingHook[]; signal?: AbortSignal },
): Promise<number> {
  const before = daysBefore(now, words);
  let total = 0;
  for (;;) {
    if (signal?.aborted) return total;
    const old = await db
      .select({ id: tickets.id })
      .from(tickets)
      .where(
        and(
          isNull(tickets.erasedAt),
          or(eq(tickets.status, 'closed'), isNotNull(tickets.gone)),
          lt(tickets.updatedAt, before),
        ),
      )
      .orderBy(tickets.updatedAt)
      .limit(AT_A_TIME);
    if (old.length === 0) break;
    const ids = old.map(({ id }) => id);
    await db.transaction((tx) => eraseTickets(tx, { ids, now, gone: false, hooks }));
    total += ids.length;
  }
  await db
    .update(inbox)
    .set({ body: {} })
    .where(and(eq(inbox.state, DEAD_LETTERED), lt(inbox.receivedAt, before), sql`${inbox.body} <> '{}'`));
  const hasWords = db
    .select({ one: sql`1` })
    .from(tickets)
    .where(and(eq(tickets.requesterId, people.id), isNull(tickets.erasedAt)));
  await db
    .delete(people)
    .where(and(eq(people.role, 'end-user'), lt(people.fetchedAt, before), sql`NOT EXISTS (${hasWords})`));
  return total;
}
