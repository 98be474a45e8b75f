// Erases the words of tickets from everything stored.
import { and, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Erased, ErasingHook, TicketsErasure } from '../hooks.ts';
import { comments, decisions, dueDecisions, inbox, oddRecords, tickets } from '../tables.ts';
import type { TicketSnapshot } from './ticket-row.ts';

/** What is counted of tickets themselves, in words for operators. */
const COUNTS = {
  tickets: 'tickets',
  comments: 'comments',
  events: 'events',
  decisions: 'decisions',
  changes: 'changes',
} as const;

/** What can be counted, in words for operators, features' rows included. */
export function countWords(hooks: readonly ErasingHook[]): Readonly<Record<string, string>> {
  return Object.assign({}, COUNTS, ...hooks.map(({ counts }) => counts));
}

/** All counts are there, also those of what was not found. */
export function addErased(hooks: readonly ErasingHook[], parts: readonly Erased[]): Erased {
  const keys = Object.keys(countWords(hooks));
  return Object.fromEntries(keys.map((key) => [key, parts.reduce((sum, part) => sum + (part[key] ?? 0), 0)]));
}

/** What stands in the log where a sentence was. */
const ERASED_SENTENCE = 'The words of this decision were erased.';
/** Tags of ours; any other tag may hold words. */
const OUR_TAG = '^(category|tier|csat|ces|nps)__';

export interface EraseTickets extends TicketsErasure {
  /** Of the features that keep something of tickets. */
  hooks: readonly ErasingHook[];
}

/**
 * Removes subjects, descriptions, comments, field values and notes of the tickets, bodies of events and changes (dead-lettered ones too),
 * and what features keep of them, in the caller's transaction. What is counted stays (which category, which score, when). What would
 * still be done for them is withdrawn. Later events and exports bring nothing back (`erasedAt`).
 */
export async function eraseTickets(tx: Queryable, { hooks, ...erasure }: EraseTickets): Promise<Erased> {
  const { ids } = erasure;
  if (ids.length === 0) return addErased(hooks, []);
  // The lock of `takeTicket`, in an order of its own, so that two who erase do not wait for each other in a circle.
  for (const id of ids.toSorted((a, b) => a - b)) await tx.execute(sql`SELECT pg_advisory_xact_lock(${id})`);
  await withdraw(tx, erasure);
  const erased: Erased[] = [
    {
      tickets: await eraseRows(tx, erasure),
      comments: await change(
        tx,
        comments,
        sql`body = ''`,
        and(inArray(comments.ticketId, [...ids]), ne(comments.body, '')),
      ),
    },
    await eraseLogs(tx, ids),
  ];
  for (const { onEraseTickets } of hooks) if (onEraseTickets) erased.push(await onEraseTickets(tx, erasure));
  return addErased(hooks, erased);
}

/** The log of the tickets: events, decisions, and changes that are finished. Categories, tiers and outcomes stay. */
export async function eraseLogs(
  tx: Queryable,
  ids: readonly number[],
): Promise<Record<'events' | 'decisions' | 'changes', number>> {
  return {
    events: await eraseEvents(tx, ids, { waitingToo: true }),
    decisions: await eraseDecisions(tx, ids),
    changes: await eraseChanges(tx, ids),
  };
}

export function eraseEvents(
  tx: Queryable,
  ids: readonly number[],
  { waitingToo }: { waitingToo: boolean },
): Promise<number> {
  const held = and(inArray(inbox.ticketId, [...ids]), sql`body <> '{}'`);
  return change(tx, inbox, sql`body = '{}'`, waitingToo ? held : and(held, ne(inbox.state, 'waiting')));
}

export function eraseDecisions(tx: Queryable, ids: readonly number[]): Promise<number> {
  const set = sql`decision = decision_without_words(decision), sentence = ${ERASED_SENTENCE}`;
  return change(
    tx,
    decisions,
    set,
    and(inArray(decisions.ticketId, [...ids]), ne(decisions.sentence, ERASED_SENTENCE)),
  );
}

/** Those that are finished. */
export function eraseChanges(tx: Queryable, ids: readonly number[]): Promise<number> {
  const held = sql`(payload <> '{}' OR last_error IS NOT NULL) AND state IN ('done', 'cancelled')`;
  return change(tx, outbox, sql`payload = '{}', last_error = NULL`, and(inArray(outbox.ticketId, [...ids]), held));
}

async function eraseRows(tx: Queryable, { ids, now, gone }: TicketsErasure): Promise<number> {
  const ended = gone ? { gone: sql`coalesce(${tickets.gone}, 'deleted')` } : {};
  const { rowCount } = await tx
    .update(tickets)
    .set({
      subject: '',
      description: '',
      customFields: null,
      // No later event would end the wait.
      waitingSince: null,
      tags: sql`ARRAY(SELECT tag FROM unnest(${tickets.tags}) AS tag WHERE tag ~ ${OUR_TAG})`,
      erasedAt: now,
      ...ended,
    })
    .where(and(inArray(tickets.id, [...ids]), isNull(tickets.erasedAt)));
  if (!gone) return rowCount ?? 0;
  await tx
    .update(tickets)
    .set(ended)
    .where(inArray(tickets.id, [...ids]));
  const unheardOf = {
    subject: '',
    description: '',
    status: 'closed',
    tags: [],
    gone: 'deleted',
    erasedAt: now,
  } as const;
  await tx
    .insert(tickets)
    .values(ids.map((id) => ({ ...unheardOf, id, tags: [], createdAt: now, updatedAt: now, snapshotAt: now })))
    .onConflictDoNothing();
  return rowCount ?? 0;
}

/** Keeps a ticket away that was never heard of and is of a customer who was forgotten: without a word, and erased from the start. */
export async function storeErased(
  tx: Queryable,
  { id, status, createdAt, ...moment }: Heard,
  now: Date,
): Promise<void> {
  const { updatedAt, snapshotAt, requesterId } = moment;
  const row = { id, status, createdAt, updatedAt, snapshotAt, requesterId };
  await tx
    .insert(tickets)
    .values({ ...row, subject: '', description: '', tags: [], erasedAt: now })
    .onConflictDoNothing();
}

type Heard = Pick<TicketSnapshot, 'id' | 'status' | 'createdAt' | 'updatedAt' | 'snapshotAt' | 'requesterId'>;

/** What is being done at this moment ends as it ends. */
async function withdraw(tx: Queryable, { ids, now }: TicketsErasure): Promise<void> {
  const list = [...ids];
  await tx
    .update(inbox)
    .set({ state: 'ignored', outcome: 'erased', error: null, heldBy: null, finishedAt: now })
    .where(and(inArray(inbox.ticketId, list), inArray(inbox.state, ['waiting', 'parked'])));
  await tx
    .update(outbox)
    .set({ state: 'cancelled', claimedUntil: null, finishedAt: now })
    .where(and(inArray(outbox.ticketId, list), inArray(outbox.state, ['waiting', 'in_flight', 'parked'])));
  await tx.delete(oddRecords).where(inArray(oddRecords.ticketId, list));
  await tx.delete(dueDecisions).where(inArray(dueDecisions.ticketId, list));
}

async function change(tx: Queryable, table: PgTable, set: SQL, where: SQL | undefined): Promise<number> {
  const { rowCount } = await tx.execute(sql`UPDATE ${table} SET ${set} WHERE ${where}`);
  return rowCount ?? 0;
}
