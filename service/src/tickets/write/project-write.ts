// Applies our own write to the projection, without waiting for its event.
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { TicketNews } from '../hooks.ts';
import { snapshotFromRest } from '../projection/apply-snapshot.ts';
import { tickets } from '../tables.ts';
import type { Needed, TicketNow } from './compose-write.ts';

const TICKET_NOW = {
  id: tickets.id,
  tags: tickets.tags,
  groupId: tickets.groupId,
  assigneeId: tickets.assigneeId,
  priority: tickets.priority,
  status: tickets.status,
  updatedAt: tickets.updatedAt,
  snapshotAt: tickets.snapshotAt,
  category: tickets.category,
  tier: tickets.tier,
  placedBy: tickets.placedBy,
  gone: tickets.gone,
};

export async function loadTickets(db: Queryable, ids: readonly number[]): Promise<Map<number, TicketNow>> {
  const rows = await db
    .select(TICKET_NOW)
    .from(tickets)
    .where(inArray(tickets.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * After a PUT, whose answer shows the ticket at some time after `askedAt`. If it shows exactly what we wanted, the projection takes it
 * over, including the timestamp, so that the next write needs no read. If it shows more (a Zendesk trigger, or a person in the
 * same second, which timestamps cannot distinguish), the row is left to the events: they say who did what. Returns what it took over, for features.
 */
export async function projectAnswer(
  tx: Queryable,
  { ticket, needed, answer, askedAt }: { ticket: TicketNow; needed: Needed; answer: ZendeskTicket; askedAt: Date },
): Promise<TicketNews[]> {
  const wanted = { ...wantedValues(ticket, needed), status: ticket.status };
  const { tags, groupId, priority, status, assigneeId, updatedAt, snapshotAt } = snapshotFromRest(answer, askedAt);
  const sameTags = tags.length === wanted.tags.length && wanted.tags.every((tag) => tags.includes(tag));
  const same =
    sameTags &&
    groupId === wanted.groupId &&
    priority === wanted.priority &&
    status === wanted.status &&
    // Zendesk clears an assignee who is not in the new group.
    (assigneeId === ticket.assigneeId || (assigneeId === null && needed.groupId !== null));
  if (!same) return [];
  const { rowCount } = await tx
    .update(tickets)
    .set({ tags, groupId, assigneeId, priority, updatedAt, snapshotAt })
    .where(unchangedSince(ticket));
  return rowCount ? [newsOfWrite(ticket, { status, groupId, assigneeId, priority }, snapshotAt)] : [];
}

/** Of a write of ours: what the ticket shows after it. */
function newsOfWrite(ticket: TicketNow, shown: TicketNews['shown'], at: Date): TicketNews {
  return {
    ticketId: ticket.id,
    source: 'deskwright',
    at,
    position: 0,
    actor: { kind: 'us', id: null },
    change: null,
    before: ticket,
    shown,
    isStale: false,
    gone: ticket.gone,
    retagged: null,
    comments: [],
    created: null,
    missedSolve: null,
  };
}

/**
 * After a bulk job, which does not show its tickets: what we asked for, of those that have not changed since. The new stamps
 * come with the events of the writes. Returns what it took over, for features.
 */
export async function projectBulk(
  tx: Queryable,
  written: readonly { ticket: TicketNow; needed: Needed }[],
  now = new Date(),
): Promise<TicketNews[]> {
  if (written.length === 0) return [];
  const rows = written.map(({ ticket, needed }) => {
    const { tags, groupId, priority } = wantedValues(ticket, needed);
    const { id, updatedAt, snapshotAt } = ticket;
    return { id, tags, group_id: groupId, priority, updated_at: updatedAt, snapshot_at: snapshotAt };
  });
  const taken = await tx.execute<{ id: number }>(sql`
    UPDATE tickets SET tags = w.tags, group_id = w.group_id, priority = w.priority
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(id bigint, tags text[], group_id bigint, priority text,
      updated_at timestamptz, snapshot_at timestamptz)
    WHERE tickets.id = w.id AND tickets.updated_at = w.updated_at AND tickets.snapshot_at = w.snapshot_at
      AND tickets.erased_at IS NULL
    RETURNING tickets.id::float8 AS id`);
  const ids = new Set(taken.rows.map(({ id }) => id));
  return written
    .filter(({ ticket }) => ids.has(ticket.id))
    .map(({ ticket, needed }) => newsOfWrite(ticket, { ...ticket, ...wantedValues(ticket, needed) }, now));
}

/** Within one second the timestamp stays the same, and an erased ticket keeps its timestamps. */
function unchangedSince({ id, updatedAt, snapshotAt }: TicketNow): SQL | undefined {
  return and(
    eq(tickets.id, id),
    eq(tickets.updatedAt, updatedAt),
    eq(tickets.snapshotAt, snapshotAt),
    isNull(tickets.erasedAt),
  );
}

function wantedValues(
  ticket: TicketNow,
  needed: Needed,
): { tags: string[]; groupId: number | null; priority: string | null } {
  const gone = new Set(needed.removeTags);
  return {
    tags: [...ticket.tags.filter((tag) => !gone.has(tag)), ...needed.addTags],
    groupId: needed.unset.includes('group') ? null : (needed.groupId ?? ticket.groupId),
    priority: needed.unset.includes('priority') ? null : (needed.priority ?? ticket.priority),
  };
}
