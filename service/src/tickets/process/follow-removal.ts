// Follows what Zendesk removes (deleted tickets, tickets and users deleted permanently, users merged into others), with a receipt of each erasure.
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Erased, ErasingHook } from '../hooks.ts';
import { erasePerson, type PersonErasure } from '../projection/erase-person.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { lockTicket } from '../projection/projection-store.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import { comments, erasureReceipts, inbox, tickets } from '../tables.ts';
import { supersedeWaitingDecision } from '../write/withdraw-changes.ts';
import type { PipelineDeps } from './deps.ts';
import { finishEvents } from './finish-events.ts';

/** Marks the ticket as deleted, cancels pending changes, and ends the events that led to it. */
export async function markGone(
  { db, clock, hooks }: PipelineDeps,
  ticketId: number,
  events: readonly number[],
): Promise<'not_open'> {
  await db.transaction(async (tx) => {
    const row = await lockTicket(tx, ticketId);
    // The timestamp prevents the export, which is a minute late, from restoring the ticket.
    const now = new Date(clock());
    await tx
      .update(tickets)
      .set({ gone: 'deleted', waitingSince: null, updatedAt: now, snapshotAt: now })
      .where(eq(tickets.id, ticketId));
    await supersedeWaitingDecision(tx, ticketId);
    for (const { onGone } of hooks) await onGone?.(tx, ticketId);
    await finishEvents(
      tx,
      events.map((id) => ({ id, outcome: row?.erasedAt ? 'erased' : 'not_open' })),
    );
  });
  return 'not_open';
}

type EraseDeps = Pick<PipelineDeps, 'db' | 'clock' | 'zendesk' | 'directory' | 'hooks'>;

/** Erases the ticket's text from everything stored, cancels pending work for it, and ends its waiting events. */
export async function erasePermanently(
  { db, clock, hooks }: Pick<EraseDeps, 'db' | 'clock' | 'hooks'>,
  ticketId: number,
): Promise<void> {
  const now = new Date(clock());
  await db.transaction(async (tx) => {
    const erased = await eraseTickets(tx, { ids: [ticketId], now, gone: true, hooks });
    await recordErasure(tx, { at: now, who: BY_ZENDESK, what: 'ticket', erased });
  });
}

/**
 * Handles those of the events (all of one ticket, or of none) that erase something, and returns which ones it ended. A user who was merged
 * into another loses name and address here, and their data moves to the other user. Throws `ZendeskError`.
 */
export async function eraseByEvents(deps: EraseDeps, events: readonly TicketEvent[]): Promise<Map<number, 'erased'>> {
  const forGood = events.find(({ type }) => type === 'ticket.permanently_deleted');
  if (forGood && forGood.ticketId !== null) {
    await erasePermanently(deps, forGood.ticketId);
    return new Map(events.map(({ inboxId }) => [inboxId, 'erased']));
  }
  const ended = new Map<number, 'erased'>();
  for (const { type, inboxId } of events) {
    if (type !== 'user.deleted' && type !== 'user.merged') continue;
    await eraseUser(deps, type, inboxId);
    ended.set(inboxId, 'erased');
  }
  return ended;
}

async function eraseUser(deps: EraseDeps, type: 'user.deleted' | 'user.merged', inboxId: number): Promise<void> {
  const { db, clock, hooks } = deps;
  const [id = null, ...others] = await usersOf(db, inboxId);
  if (type === 'user.merged') for (const one of [id, ...others]) if (one !== null) await followMerge(deps, one);
  await db.transaction(async (tx) => {
    if (id !== null && type === 'user.deleted') await eraseDeletedUser(tx, { id, now: new Date(clock()), hooks });
    if (id !== null && type === 'user.merged')
      await tx.delete(people).where(and(eq(people.id, id), eq(people.role, 'end-user')));
    await finishEvents(tx, [{ id: inboxId, outcome: 'erased' }]);
  });
}

/** Of a user who was deleted for good in Zendesk. */
export async function eraseDeletedUser(
  tx: Queryable,
  { id, now, hooks }: { id: number; now: Date; hooks: readonly ErasingHook[] },
): Promise<PersonErasure> {
  const done = await erasePerson(tx, { id, email: null, now, hooks });
  if (done.kind === 'erased')
    await recordErasure(tx, { at: now, who: BY_ZENDESK, what: 'customer', erased: done.erased });
  return done;
}

/**
 * `subject` names the user the event is about (`zen:user:6596848315901`); for a merge the other user may be in `event`, in a form that Zendesk
 * does not document.
 */
async function usersOf(db: Queryable, inboxId: number): Promise<number[]> {
  const [row] = await db
    .select({ subject: sql<string | null>`${inbox.body}->>'subject'`, event: sql<unknown>`${inbox.body}->'event'` })
    .from(inbox)
    .where(eq(inbox.id, inboxId));
  const subject = readId(/^zen:user:(\d+)$/.exec(row?.subject ?? '')?.[1]);
  return [...new Set([...subject, ...(subject.length > 0 ? idsIn(row?.event) : [])])];
}

function idsIn(event: unknown): number[] {
  const parts = [event, ...valuesOf(event)].flatMap((part) => Object.entries(isObject(part) ? part : {}));
  return parts.flatMap(([key, value]) => (/(^|_)(id|current|previous)$/.test(key) ? readId(value) : []));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const valuesOf = (value: unknown): unknown[] =>
  isObject(value) ? Object.entries(value).flatMap(([key, one]) => (key === 'meta' ? [] : [one])) : [];

function readId(value: unknown): number[] {
  const id = /^[1-9]\d{0,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(id) ? [id] : [];
}

type MergeDeps = Pick<PipelineDeps, 'db' | 'zendesk' | 'directory' | 'hooks'>;

/** One call of `show_many`. */
const MOST_READ = 100;

/**
 * Handles the merge of the user `from`, if they were merged. Neither the event nor the export is documented to name the other user, but Zendesk gives all
 * their tickets to that user: the stored ones are read (one call). Costs nothing if none of their tickets is stored. Returns the other
 * user, or null if the tickets are still theirs or went to several people. Throws `ZendeskError`.
 */
export async function followMerge({ db, zendesk, directory, hooks }: MergeDeps, from: number): Promise<number | null> {
  const held = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.requesterId, from), isNull(tickets.gone)))
    .orderBy(desc(tickets.updatedAt))
    .limit(MOST_READ);
  if (held.length === 0) return null;
  const shown = await zendesk.showTickets(held.map(({ id }) => id));
  const [into, ...more] = new Set(shown.flatMap(({ requester_id: id }) => (id === null || id === from ? [] : id)));
  if (into === undefined || more.length > 0) return null;
  // Data stored by address needs the other user's address.
  await directory.person(into);
  await db.transaction((tx) => mergePeople(tx, { from, into, hooks }));
  return into;
}

/** Tickets, comments and features' data move to `into`; name and address of `from` are deleted. */
async function mergePeople(
  tx: Queryable,
  { from, into, hooks }: { from: number; into: number; hooks: readonly ErasingHook[] },
): Promise<void> {
  await tx.update(tickets).set({ requesterId: into }).where(eq(tickets.requesterId, from));
  await tx.update(comments).set({ authorId: into }).where(eq(comments.authorId, from));
  for (const { onMergeCustomers } of hooks) await onMergeCustomers?.(tx, { from, into });
  await tx.delete(people).where(and(eq(people.id, from), eq(people.role, 'end-user')));
}

export type ErasureReceipt = typeof erasureReceipts.$inferSelect;

/** As `who`: Zendesk deleted the ticket or the user for good. */
const BY_ZENDESK = 'zendesk';

/** In the transaction that erases. Null: nothing was removed, so there is nothing to prove. */
export async function recordErasure(
  tx: Queryable,
  { at, who, what, erased }: Pick<ErasureReceipt, 'at' | 'who' | 'what'> & { erased: Erased },
): Promise<ErasureReceipt | null> {
  const removed = Object.fromEntries(Object.entries(erased).filter(([, count]) => count > 0));
  if (Object.keys(removed).length === 0) return null;
  const [receipt] = await tx.insert(erasureReceipts).values({ at, who, what, removed }).returning();
  return receipt ?? null;
}

/** Newest first. */
export function listErasureReceipts(db: Queryable, limit = 1_000): Promise<ErasureReceipt[]> {
  return db.select().from(erasureReceipts).orderBy(desc(erasureReceipts.id)).limit(limit);
}
