// Adds rows to the history, and notes that the tickets' measures are due.
import { sql } from 'drizzle-orm';
import type { HistoryEntry, HistoryKind } from '../../figures/history-entry.ts';
import type { Queryable } from '../../platform/storage/database.ts';

/** An entry to be recorded. What is left out is null. */
export type NewEntry = Pick<HistoryEntry, 'ticketId' | 'at' | 'kind'> &
  Partial<HistoryEntry> & {
    readonly source: 'event' | 'read' | 'deskwright';
    /** Orders entries of the same millisecond: the position among the events of one action. */
    readonly position?: number;
    /** Of a category: an event tells what somebody did earlier. */
    readonly isLate?: boolean;
    /** The policy that was in force. */
    readonly policyHash?: string | null;
  };

/** These happen once: whoever reports them again is not recorded. A comment is one of two kinds. */
const ONCE: Partial<Record<HistoryKind, readonly HistoryKind[]>> = {
  created: ['created'],
  comment: ['comment', 'automatic_reply'],
  automatic_reply: ['comment', 'automatic_reply'],
  survey_asked: ['survey_asked'],
};
/** Kept by us, one after the other: in the order of recording, even where a clock or a late event says otherwise. */
const IN_ORDER: ReadonlySet<string> = new Set(['category', 'tier']);

/**
 * One statement for all of them. A comment that is in the history already is left out, and so is a second `created`. Their times may differ by a
 * second, because events have milliseconds and the API has not; a range also spares the partitions of other months.
 */
export async function appendHistory(tx: Queryable, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.execute(sql`
    WITH grown AS (
      INSERT INTO history (ticket_id, at, kind, value, ref, actor, actor_id, public, group_id, assignee_id, rule, policy_id, source)
      SELECT ticket_id,
        CASE WHEN in_order THEN greatest(at, (SELECT max(h.at) FROM history h WHERE h.ticket_id = n.ticket_id AND h.kind = n.kind AND h.at > n.at))
          ELSE at END,
        kind, value, ref, actor, actor_id, public, group_id, assignee_id, rule,
        CASE WHEN policy_hash IS NOT NULL THEN (SELECT max(v.id) FROM policy_versions v WHERE v.hash = n.policy_hash) END, source
      FROM jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb) AS n(ticket_id bigint, at timestamptz, kind text, value text,
        ref bigint, actor text, actor_id bigint, public boolean, group_id bigint, assignee_id bigint, rule text, policy_hash text,
        source text, once text[], in_order boolean)
      WHERE once IS NULL OR (SELECT count(*) FROM history h WHERE h.ticket_id = n.ticket_id AND h.kind = ANY (n.once)
        AND (n.kind = 'created' OR h.ref = n.ref) AND h.at BETWEEN n.at - interval '1 minute' AND n.at + interval '1 minute') = 0
      RETURNING ticket_id)
    INSERT INTO measures_due (ticket_id) SELECT DISTINCT ticket_id FROM grown`);
}

/** {@link appendHistory} for several tickets, a list for each. */
export async function appendHistories(tx: Queryable, lists: readonly (readonly NewEntry[])[]): Promise<void[]> {
  await appendHistory(tx, lists.flat());
  return lists.map(() => undefined);
}

function toRow(entry: NewEntry) {
  const { ticketId, at, kind, position = 0 } = entry;
  const micros = String(Math.min(Math.max(Math.trunc(position), 0), 999)).padStart(3, '0');
  return {
    ticket_id: ticketId,
    at: at.toISOString().replace('Z', `${micros}Z`),
    kind,
    value: entry.value ?? null,
    ref: entry.ref ?? null,
    actor: entry.actor ?? null,
    actor_id: entry.actorId ?? null,
    public: entry.public ?? null,
    group_id: entry.groupId ?? null,
    assignee_id: entry.assigneeId ?? null,
    rule: entry.rule ?? null,
    policy_hash: entry.policyHash ?? null,
    source: entry.source,
    once: ONCE[kind] ?? null,
    in_order: IN_ORDER.has(kind) && !entry.isLate,
  };
}
