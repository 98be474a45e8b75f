// Erases the text of tickets from everything stored.
import { and, eq, inArray, isNotNull, isNull, lt, lte, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { DEAD_LETTERED } from '../../platform/storage/tables.ts';
import type { Erased, ErasingHook, TicketsErasure } from '../hooks.ts';
import { comments, decisions, dueDecisions, inbox, redactedTickets, tickets, unreadableRecords } from '../tables.ts';
import { isFinished } from './apply-snapshot.ts';
import type { TicketSnapshot } from './ticket-row.ts';

/** The counts of ticket data, described for operators. */
const COUNTS = {
  tickets: 'tickets',
  comments: 'comments',
  events: 'events',
  decisions: 'decisions',
  changes: 'changes',
} as const;

/** All counts, including those of features, described for operators. */
export function countWords(hooks: readonly ErasingHook[]): Readonly<Record<string, string>> {
  return Object.assign({}, COUNTS, ...hooks.map(({ counts }) => counts));
}

/** Contains all counts, including zeros. */
export function addErased(hooks: readonly ErasingHook[], parts: readonly Erased[]): Erased {
  const keys = Object.keys(countWords(hooks));
  return Object.fromEntries(keys.map((key) => [key, parts.reduce((sum, part) => sum + (part[key] ?? 0), 0)]));
}

/** Replaces an erased sentence in the log. */
const ERASED_SENTENCE = 'The words of this decision were erased.';
/** Our own tags; other tags may contain personal data. */
const OUR_TAG = '^(category|tier|csat|ces|nps)__';

interface EraseTickets extends TicketsErasure {
  /** Of the features that store ticket data. */
  hooks: readonly ErasingHook[];
}

/**
 * Erases subjects, descriptions, comments, field values and notes of the tickets, bodies of events and changes (including dead-lettered ones),
 * and the features' data, in the caller's transaction. Statistics stay (category, score, time). Pending work
 * for them is cancelled, other than what a feature keeps (`keepsEffects`). Later events and exports restore nothing (`erasedAt`).
 */
export async function eraseTickets(tx: Queryable, { hooks, ...erasure }: EraseTickets): Promise<Erased> {
  const { ids } = erasure;
  if (ids.length === 0) return addErased(hooks, []);
  // The lock of `lockTicket`, taken in a fixed order, so that two erasures cannot deadlock.
  for (const id of ids.toSorted((a, b) => a - b)) await tx.execute(sql`SELECT pg_advisory_xact_lock(${id})`);
  await withdraw(tx, erasure, hooks);
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

/** The tickets' log: events, decisions and finished changes. Categories, tiers and outcomes stay. */
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

function eraseEvents(tx: Queryable, ids: readonly number[], { waitingToo }: { waitingToo: boolean }): Promise<number> {
  const held = and(inArray(inbox.ticketId, [...ids]), sql`body <> '{}'`);
  return change(tx, inbox, sql`body = '{}'`, waitingToo ? held : and(held, ne(inbox.state, 'waiting')));
}

function eraseDecisions(tx: Queryable, ids: readonly number[]): Promise<number> {
  const set = sql`decision = decision_without_words(decision), sentence = ${ERASED_SENTENCE}`;
  return change(
    tx,
    decisions,
    set,
    and(inArray(decisions.ticketId, [...ids]), ne(decisions.sentence, ERASED_SENTENCE)),
  );
}

/** Only finished ones. */
function eraseChanges(tx: Queryable, ids: readonly number[]): Promise<number> {
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
      // No later event would end the customer's wait.
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

/** Stores an unknown ticket of an erased customer without any text, as erased from the start. */
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

/** Running work is not interrupted, and what must end is left to end. */
async function withdraw(tx: Queryable, { ids, now }: TicketsErasure, hooks: readonly ErasingHook[]): Promise<void> {
  const list = [...ids];
  const kept = hooks.flatMap(({ keepsEffects = [] }) => keepsEffects);
  await tx
    .update(inbox)
    .set({ state: 'ignored', outcome: 'erased', error: null, heldBy: null, finishedAt: now })
    .where(and(inArray(inbox.ticketId, list), inArray(inbox.state, ['waiting', DEAD_LETTERED])));
  await tx
    .update(outbox)
    .set({ state: 'cancelled', claimedUntil: null, finishedAt: now })
    .where(
      and(
        inArray(outbox.ticketId, list),
        inArray(outbox.state, ['waiting', 'in_flight', DEAD_LETTERED, 'observed']),
        notInArray(outbox.kind, kept),
      ),
    );
  await tx.delete(unreadableRecords).where(inArray(unreadableRecords.ticketId, list));
  await tx.delete(dueDecisions).where(inArray(dueDecisions.ticketId, list));
}

async function change(tx: Queryable, table: PgTable, set: SQL, where: SQL | undefined): Promise<number> {
  const { rowCount } = await tx.execute(sql`UPDATE ${table} SET ${set} WHERE ${where}`);
  return rowCount ?? 0;
}

type ErasedState = Pick<TicketSnapshot, 'id' | 'status' | 'groupId' | 'assigneeId' | 'updatedAt' | 'snapshotAt'>;

/** Does nothing for a ticket that is deleted or not erased, or for an older snapshot. */
export async function updateErasedTicket(db: Queryable, state: ErasedState): Promise<void> {
  const { id, status, groupId, assigneeId, updatedAt, snapshotAt } = state;
  const solvedAt = isFinished(status) ? sql`coalesce(${tickets.solvedAt}, ${snapshotAt.toISOString()})` : null;
  const sameSecond = and(eq(tickets.updatedAt, updatedAt), lte(tickets.snapshotAt, snapshotAt));
  await db
    .update(tickets)
    .set({ status, groupId, assigneeId, updatedAt, snapshotAt, solvedAt })
    .where(
      and(
        eq(tickets.id, id),
        isNotNull(tickets.erasedAt),
        isNull(tickets.gone),
        or(lt(tickets.updatedAt, updatedAt), sameSecond),
      ),
    );
}

/**
 * A redaction does not say which text was removed, so all of the ticket's text is erased from its finished events and changes, and (`decisionsToo`) from its
 * decisions. Waiting events keep theirs until they are handled; for those from before `redactedAt`, including late ones, `finishEvents`
 * keeps none.
 */
export async function redactLogs(
  tx: Queryable,
  { ticketId, redactedAt, decisionsToo }: { ticketId: number; redactedAt: Date; decisionsToo: boolean },
): Promise<void> {
  await tx
    .insert(redactedTickets)
    .values({ ticketId, redactedAt })
    .onConflictDoUpdate({
      target: redactedTickets.ticketId,
      set: { redactedAt: sql`greatest(${redactedTickets.redactedAt}, excluded.redacted_at)` },
    });
  await eraseEvents(tx, [ticketId], { waitingToo: false });
  await eraseChanges(tx, [ticketId]);
  if (decisionsToo) await eraseDecisions(tx, [ticketId]);
}

/** Whether letters or digits of the text are missing now; a different layout of the same text does not count. */
export function wordsAreMissing(before: string, after: string): boolean {
  return before !== after && !lettersOf(after).includes(lettersOf(before));
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');
