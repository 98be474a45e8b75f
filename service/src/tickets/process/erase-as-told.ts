// Erases a ticket or a user that Zendesk has deleted permanently.
import { and, eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { erasePerson } from '../projection/erase-person.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import { inbox } from '../tables.ts';
import type { PipelineDeps } from './deps.ts';
import { finishEvents } from './finish-events.ts';
import { followMerge } from './follow-merge.ts';

type EraseDeps = Pick<PipelineDeps, 'db' | 'clock' | 'zendesk' | 'directory' | 'hooks'>;

/** Erases the ticket's text from everything stored, cancels pending work for it, and ends its waiting events. */
export async function eraseForGood(
  { db, clock, hooks }: Pick<EraseDeps, 'db' | 'clock' | 'hooks'>,
  ticketId: number,
): Promise<void> {
  await db.transaction((tx) => eraseTickets(tx, { ids: [ticketId], now: new Date(clock()), gone: true, hooks }));
}

/**
 * Handles those of the events (all of one ticket, or of none) that erase something, and returns which ones it ended. A user who was merged
 * into another loses name and address here, and their data moves to the other user. Throws `ZendeskError`.
 */
export async function eraseAsTold(deps: EraseDeps, events: readonly TicketEvent[]): Promise<Map<number, 'erased'>> {
  const forGood = events.find(({ type }) => type === 'ticket.permanently_deleted');
  if (forGood && forGood.ticketId !== null) {
    await eraseForGood(deps, forGood.ticketId);
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
    if (id !== null && type === 'user.deleted')
      await erasePerson(tx, { id, email: null, now: new Date(clock()), hooks });
    if (id !== null && type === 'user.merged')
      await tx.delete(people).where(and(eq(people.id, id), eq(people.role, 'end-user')));
    await finishEvents(tx, [{ id: inboxId, outcome: 'erased' }]);
  });
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
