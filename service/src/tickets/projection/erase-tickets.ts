// Erases the words of tickets from everything stored.
import { and, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
// oxlint-disable-next-line no-restricted-imports -- erasing becomes a hook of these features next
import { escalations } from '../../sidebar/tables.ts';
// oxlint-disable-next-line no-restricted-imports -- erasing becomes a hook of these features next
import { invitations, responses } from '../../surveys/tables.ts';
import { comments, decisions, dueDecisions, inbox, oddRecords, tickets } from '../tables.ts';
import { hashedAddress } from './hashed-address.ts';
import type { TicketSnapshot } from './ticket-row.ts';

/** How many rows held something. */
export interface Erased {
  tickets: number;
  comments: number;
  events: number;
  decisions: number;
  changes: number;
  surveys: number;
  answers: number;
  escalations: number;
}

export const NOTHING_ERASED: Erased = {
  tickets: 0,
  comments: 0,
  events: 0,
  decisions: 0,
  changes: 0,
  surveys: 0,
  answers: 0,
  escalations: 0,
};

export function addErased(one: Erased, other: Erased): Erased {
  const keys = Object.keys(NOTHING_ERASED) as (keyof Erased)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as unknown as Erased;
}

/** What stands in the log where a sentence was. */
const ERASED_SENTENCE = 'The words of this decision were erased.';
/** Tags of ours; any other tag may hold words. */
const OUR_TAG = '^(category|tier|csat|ces|nps)__';

export interface EraseTickets {
  ids: readonly number[];
  now: Date;
  /** The tickets themselves are no more: nothing is done for them any longer, and one we never heard of is kept away by its number alone. */
  gone: boolean;
}

/**
 * Removes subjects, descriptions, comments, field values, notes, forms, answers' comments and addresses of the tickets, in the caller's
 * transaction: bodies of events and changes, set aside ones too. What is counted stays (which category, which score, when). What would
 * still be done for them is withdrawn. Later events and exports bring nothing back (`erasedAt`).
 */
export async function eraseTickets(tx: Queryable, { ids, now, gone }: EraseTickets): Promise<Erased> {
  if (ids.length === 0) return NOTHING_ERASED;
  // The lock of `takeTicket`, in an order of its own, so that two who erase do not wait for each other in a circle.
  for (const id of ids.toSorted((a, b) => a - b)) await tx.execute(sql`SELECT pg_advisory_xact_lock(${id})`);
  await withdraw(tx, { ids, now, gone });
  const their = inArray(invitations.ticketId, [...ids]);
  const erased = {
    tickets: await eraseRows(tx, { ids, now, gone }),
    comments: await change(
      tx,
      comments,
      sql`body = ''`,
      and(inArray(comments.ticketId, [...ids]), ne(comments.body, '')),
    ),
    ...(await eraseLogs(tx, ids)),
    surveys: await change(
      tx,
      invitations,
      sql`recipient = ${hashedAddress(invitations.recipient)}, detail = NULL, expires_at = least(expires_at, ${now.toISOString()}::timestamptz)`,
      and(their, or(sql`${invitations.recipient} NOT LIKE 'sha256:%'`, isNotNull(invitations.detail))),
    ),
    answers: await change(
      tx,
      responses,
      sql`comment = ''`,
      and(
        inArray(responses.invitationId, tx.select({ id: invitations.id }).from(invitations).where(their)),
        ne(responses.comment, ''),
      ),
    ),
    escalations: await change(
      tx,
      escalations,
      sql`said = '[]'`,
      and(inArray(escalations.ticketId, [...ids]), sql`said <> '[]'`),
    ),
  };
  return erased;
}

/** The log of the tickets: events, decisions, and changes that are finished. Categories, tiers and outcomes stay. */
export async function eraseLogs(
  tx: Queryable,
  ids: readonly number[],
): Promise<Pick<Erased, 'events' | 'decisions' | 'changes'>> {
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

async function eraseRows(tx: Queryable, { ids, now, gone }: EraseTickets): Promise<number> {
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
async function withdraw(tx: Queryable, { ids, now, gone }: EraseTickets): Promise<void> {
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
  await tx
    .update(invitations)
    .set({ state: 'cancelled', reason: gone ? 'deleted' : 'erased', claimedUntil: null })
    .where(and(inArray(invitations.ticketId, list), inArray(invitations.state, ['scheduled', 'parked'])));
}

async function change(tx: Queryable, table: PgTable, set: SQL, where: SQL | undefined): Promise<number> {
  const { rowCount } = await tx.execute(sql`UPDATE ${table} SET ${set} WHERE ${where}`);
  return rowCount ?? 0;
}
