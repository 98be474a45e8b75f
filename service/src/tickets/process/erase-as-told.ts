// What does the service forget when Zendesk has deleted a ticket or a user for good?
import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox, people } from '../../platform/storage/schema.ts';
import { erasePerson } from '../projection/erase-person.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import type { PipelineDeps } from './deps.ts';
import { finishEvents } from './finish-events.ts';

type EraseDeps = Pick<PipelineDeps, 'db' | 'clock'>;

/** The ticket's words go from everything we store, what was still to do for it is withdrawn, and its events that wait are ended. */
export async function eraseForGood({ db, clock }: EraseDeps, ticketId: number): Promise<void> {
  await db.transaction((tx) => eraseTickets(tx, { ids: [ticketId], now: new Date(clock()), gone: true }));
}

/**
 * Follows those of the events, all of one ticket or of none, that erase something, and gives back which they ended. A user who was merged
 * into another loses name and address here; their tickets tell whose they are now.
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

async function eraseUser(
  { db, clock }: EraseDeps,
  type: 'user.deleted' | 'user.merged',
  inboxId: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const id = await userOf(tx, inboxId);
    if (id !== null && type === 'user.deleted') await erasePerson(tx, { id, email: null, now: new Date(clock()) });
    if (id !== null && type === 'user.merged')
      await tx.delete(people).where(and(eq(people.id, id), eq(people.role, 'end-user')));
    await finishEvents(tx, [{ id: inboxId, outcome: 'erased' }]);
  });
}

/** `subject` names whom the event is about: `zen:user:6596848315901`. */
async function userOf(tx: Queryable, inboxId: number): Promise<number | null> {
  const [row] = await tx
    .select({ subject: sql<string | null>`${inbox.body}->>'subject'` })
    .from(inbox)
    .where(eq(inbox.id, inboxId));
  const id = Number(/^zen:user:([1-9]\d{0,15})$/.exec(row?.subject ?? '')?.[1]);
  return Number.isSafeInteger(id) ? id : null;
}
