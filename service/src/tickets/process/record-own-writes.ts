// Recognises events of our own writes early, so that they cost little.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketNews } from '../hooks.ts';
import type { TicketEvent, TicketEventChange } from '../receive/ticket-event.ts';
import type { PipelineDeps } from './deps.ts';
import { inOrder } from './process-ticket.ts';
import { recordNews } from './record-of.ts';

/**
 * Every write of ours comes back as three or four events, more than all others together. They are handled in one statement: the
 * projection is updated, including our notes as comments, and the events are finished. Excluded, for normal processing, are those that show anything other than tags,
 * group, priority and assignee changed: an unknown status change may start a survey, and what the service never does (reply
 * in public, report spam) was done by a person with our login. Returns the finished inbox ids.
 */
export async function recordOwnWrites(
  { db, hooks }: Pick<PipelineDeps, 'db' | 'hooks'>,
  events: readonly TicketEvent[],
  me: number,
): Promise<Set<number>> {
  const own = events.filter(({ detail, actorId, change }) => detail && actorId === me && isOurKind(change));
  if (own.length === 0) return new Set();
  return db.transaction(async (tx) => {
    const finished = await finishOwn(tx, own);
    await recordNews(tx, hooks, newsOf(own, finished, me));
    return new Set(finished.keys());
  });
}

/** The ticket of a finished event, as it was before the first of them. */
type TicketBefore = NonNullable<TicketNews['before']> & { updatedAt: Date; isNewNote: boolean };

/** By the ids of the events. */
async function finishOwn(tx: Queryable, events: readonly TicketEvent[]): Promise<Map<number, TicketBefore>> {
  const own = events.flatMap(({ inboxId, detail, occurredAt, change }) =>
    detail
      ? [
          {
            inbox_id: inboxId,
            id: detail.id,
            status: detail.status,
            priority: detail.priority,
            tags: detail.tags,
            group_id: detail.groupId,
            assignee_id: detail.assigneeId,
            requester_id: detail.requesterId,
            updated_at: detail.updatedAt,
            snapshot_at: occurredAt,
            ...(change.kind === 'comment_added' && {
              comment_id: change.comment.id,
              author_id: change.comment.authorId,
            }),
          },
        ]
      : [],
  );
  const { rows } = await tx.execute<Finished>(sql`
    WITH own AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(own)}::jsonb) AS n(inbox_id bigint, id bigint, status text, priority text,
        tags text[], group_id bigint, assignee_id bigint, requester_id bigint, updated_at timestamptz, snapshot_at timestamptz,
        comment_id bigint, author_id bigint)),
    -- Tickets that another transaction has locked are processed normally: waiting for them here could deadlock.
    known AS (SELECT t.* FROM tickets t
      WHERE t.id IN (SELECT id FROM own) AND t.erased_at IS NULL FOR UPDATE SKIP LOCKED),
    plain AS (SELECT own.* FROM own JOIN known USING (id) WHERE own.status = known.status AND own.requester_id IS NOT DISTINCT FROM known.requester_id),
    newest AS (SELECT DISTINCT ON (id) * FROM plain ORDER BY id, updated_at DESC, snapshot_at DESC),
    taken AS (
      UPDATE tickets t SET priority = n.priority, tags = n.tags, group_id = n.group_id, assignee_id = n.assignee_id,
        updated_at = n.updated_at, snapshot_at = n.snapshot_at
      FROM newest n WHERE t.id = n.id AND (t.updated_at, t.snapshot_at) < (n.updated_at, n.snapshot_at)),
    -- Without our notes the export, which shows the time of the last comment, would seem to show a new one. Nothing reads their text.
    notes AS (
      INSERT INTO comments (id, ticket_id, author_id, author, public, body, created_at)
      SELECT comment_id, id, author_id, 'us', false, '', snapshot_at FROM plain WHERE comment_id IS NOT NULL
      ON CONFLICT DO NOTHING
      RETURNING id)
    UPDATE inbox SET state = 'ignored', outcome = 'own_write', finished_at = now(),
      body = CASE jsonb_typeof(body #> '{event,comment}') WHEN 'object' THEN body #- '{event,comment,body}' ELSE body END
    FROM plain JOIN known USING (id) WHERE inbox.id = plain.inbox_id AND inbox.state = 'waiting'
    RETURNING inbox.id::float8 AS inbox_id, known.status, known.priority, known.group_id::float8, known.assignee_id::float8, known.gone,
      known.category, known.tier, known.updated_at, known.snapshot_at, plain.comment_id IN (SELECT id FROM notes) IS TRUE AS is_new_note`);
  return new Map(
    rows.map(({ inbox_id: id, ...row }) => [
      id,
      {
        ...row,
        groupId: row.group_id,
        assigneeId: row.assignee_id,
        updatedAt: new Date(row.updated_at),
        snapshotAt: new Date(row.snapshot_at),
        isNewNote: row.is_new_note,
      },
    ]),
  );
}

type Finished = Pick<TicketBefore, 'status' | 'priority' | 'gone' | 'category' | 'tier'> & {
  inbox_id: number;
  group_id: number | null;
  assignee_id: number | null;
  updated_at: string;
  snapshot_at: string;
  is_new_note: boolean;
};

/** In the order of the events. */
function newsOf(events: readonly TicketEvent[], finished: ReadonlyMap<number, TicketBefore>, me: number): TicketNews[] {
  const now = new Map<number, TicketBefore>();
  return inOrder(events).flatMap(({ inboxId, type, detail, occurredAt, sequence, change }): TicketNews[] => {
    const found = finished.get(inboxId);
    if (!detail || !found) return [];
    const before = now.get(detail.id) ?? found;
    const age = detail.updatedAt.getTime() - before.updatedAt.getTime();
    const isStale = age < 0 || (age === 0 && occurredAt < before.snapshotAt);
    const { status } = before;
    const { updatedAt, priority, groupId, assigneeId } = detail;
    const shown = { status, priority, groupId, assigneeId };
    now.set(detail.id, isStale ? before : { ...before, ...shown, updatedAt, snapshotAt: occurredAt });
    const { id, authorId } = change.kind === 'comment_added' ? change.comment : { id: 0, authorId: me };
    const author = { kind: 'us' as const, id: authorId };
    const note = { id, author, public: false, isAutomatic: false, channel: null, at: occurredAt };
    return [
      {
        ticketId: detail.id,
        source: 'event',
        at: occurredAt,
        position: sequence?.position ?? 0,
        actor: { kind: 'us', id: me },
        change: type === 'ticket.priority_changed' ? { kind: 'priority_changed' } : change,
        before,
        shown,
        isStale,
        gone: before.gone,
        retagged: null,
        comments: found.isNewNote ? [note] : [],
        created: null,
        missedSolve: null,
      },
    ];
  });
}

/** The events that our writes cause. */
function isOurKind(change: TicketEventChange): boolean {
  switch (change.kind) {
    case 'tags_changed':
    case 'group_changed':
    case 'assignee_changed':
    case 'other':
      return true;
    case 'comment_added':
      return !change.comment.isPublic;
    default:
      return false;
  }
}
