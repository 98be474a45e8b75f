// Follows the state of a ticket whose text is erased.
import { eq } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketHook, TicketNews } from '../hooks.ts';
import { updateErasedTicket } from '../projection/erase-tickets.ts';
import type { TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import { tickets } from '../tables.ts';
import type { Observation } from './observation.ts';
import { recordNews } from './record-of.ts';

/** What one observation or event shows of it. */
export interface ErasedState {
  readonly snapshot: Pick<
    TicketSnapshot,
    'id' | 'status' | 'priority' | 'groupId' | 'assigneeId' | 'updatedAt' | 'snapshotAt'
  >;
  readonly reported?: Observation['reported'];
  readonly gone?: Observation['gone'] | undefined;
}

/**
 * Stores the states, and tells the features of each: who counts tickets still learns that this one was solved, and by whom. Does nothing for a
 * ticket that is deleted or not erased.
 */
export async function followErased(
  tx: Queryable,
  hooks: readonly TicketHook[],
  states: readonly ErasedState[],
): Promise<void> {
  const [first] = states;
  if (!first) return;
  const [row] = await tx.select().from(tickets).where(eq(tickets.id, first.snapshot.id)).for('update');
  if (!row?.erasedAt || row.gone) return;
  const news: TicketNews[] = [];
  let before: TicketRow = row;
  for (const state of states) {
    await updateErasedTicket(tx, state.snapshot);
    const isStale = isOlder(state.snapshot, before);
    news.push(newsOfErased(state, before, isStale));
    if (!isStale) before = { ...before, ...state.snapshot };
  }
  await recordNews(tx, hooks, news);
}

function isOlder(shown: ErasedState['snapshot'], before: TicketRow): boolean {
  const difference = shown.updatedAt.getTime() - before.updatedAt.getTime();
  return difference < 0 || (difference === 0 && shown.snapshotAt < before.snapshotAt);
}

/** Of an unknown ticket of an erased customer: that it was opened, and not by whom. */
export function newsOfForgotten({ snapshot, reported, gone }: Observation): TicketNews {
  const created = { at: snapshot.createdAt, channel: snapshot.via, requesterId: null, by: null };
  return { ...newsOfErased({ snapshot, ...(reported && { reported }), gone }, null, false), created };
}

function newsOfErased(
  { snapshot, reported, gone }: ErasedState,
  before: TicketRow | null,
  isStale: boolean,
): TicketNews {
  return {
    ticketId: snapshot.id,
    source: reported ? 'event' : 'read',
    at: snapshot.snapshotAt,
    position: reported?.position ?? 0,
    actor: reported?.actor ?? null,
    change: reported?.change ?? null,
    before,
    shown: snapshot,
    isStale,
    gone: gone ?? null,
    retagged: null,
    comments: [],
    created: null,
    missedSolve: null,
  };
}
