// Recognises events of our own writes early, so that they cost little.
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import type { TicketEvent, TicketEventChange } from '../receive/ticket-event.ts';

/**
 * Every write of ours comes back as three or four events, more than all others together. They are handled in one statement: the
 * projection is updated, including our notes as comments, and the events are finished. Excluded, for normal processing, are those that show anything other than tags,
 * group, priority and assignee changed: an unknown status change may start a survey, and what the service never does (reply
 * in public, report spam) was done by a person with our login. Returns the finished inbox ids.
 */
export async function recordOwnWrites(db: Database, events: readonly TicketEvent[], me: number): Promise<Set<number>> {
  const own = events.flatMap(({ inboxId, actorId, detail, occurredAt, change }) =>
    detail && actorId === me && isOurKind(change)
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
  if (own.length === 0) return new Set();
  const { rows } = await db.execute<{ inbox_id: number }>(sql`
    WITH own AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(own)}::jsonb) AS n(inbox_id bigint, id bigint, status text, priority text,
        tags text[], group_id bigint, assignee_id bigint, requester_id bigint, updated_at timestamptz, snapshot_at timestamptz,
        comment_id bigint, author_id bigint)),
    -- Tickets that another transaction has locked are processed normally: waiting for them here could deadlock.
    known AS (SELECT t.id, t.status, t.requester_id FROM tickets t
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
      ON CONFLICT DO NOTHING)
    UPDATE inbox SET state = 'ignored', outcome = 'own_write', finished_at = now(),
      body = CASE jsonb_typeof(body #> '{event,comment}') WHEN 'object' THEN body #- '{event,comment,body}' ELSE body END
    FROM plain WHERE inbox.id = plain.inbox_id AND inbox.state = 'waiting'
    RETURNING inbox.id::float8 AS inbox_id`);
  return new Set(rows.map((row) => row.inbox_id));
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
