// Adds rows to the history, and notes that the tickets' measures are due.
import { type SQL, sql } from 'drizzle-orm';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import type { Queryable } from '../../platform/storage/database.ts';

/** An entry to be recorded. What is left out is null. */
export type NewEntry = Pick<HistoryEntry, 'ticketId' | 'at' | 'kind'> &
  Partial<HistoryEntry> & {
    readonly source: 'event' | 'read' | 'deskwright';
    /** Orders entries of the same millisecond: the position among the events of one action. */
    readonly position?: number;
    /**
     * `once`: left out if the history has it already. `last`: not before the last entry of its kind, whatever clocks and late events say. Both
     * read the history, which most entries need not.
     */
    readonly check?: 'once' | 'last';
    /**
     * Left out if the history has an entry of its kind with this value at this millisecond, or at its whole second by the same kind of person or one
     * who is not known. It reads the history too.
     */
    readonly unlessReported?: {
      readonly at: Date;
      readonly value: string | number | null;
      /** Who made the change. */
      readonly by: HistoryEntry['actor'];
    };
    /** The policy that was in force. */
    readonly policyHash?: string | null;
  };

/** In one statement, which also notes that the tickets' measures are due. */
export async function appendHistory(tx: Queryable, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const at = entries.some(({ check }) => check === 'last') ? notBeforeLast(entries) : sql`n.at`;
  const once = entries.flatMap(({ check, at: time }) => (check === 'once' ? time : []));
  const reported = entries.flatMap(({ unlessReported }) => unlessReported?.at ?? []);
  const isNew = [
    ...(once.length > 0 ? [isNotThere(once)] : []),
    ...(reported.length > 0 ? [isNotReported(reported)] : []),
  ];
  await tx.execute(sql`
    WITH grown AS (
      INSERT INTO history (ticket_id, at, kind, value, ref, actor, actor_id, public, group_id, assignee_id, rule, policy_id, source)
      SELECT ticket_id, ${at}, kind, value, ref, actor, actor_id, public, group_id, assignee_id, rule,
        CASE WHEN policy_hash IS NOT NULL THEN (SELECT max(v.id) FROM policy_versions v WHERE v.hash = n.policy_hash) END, source
      FROM jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb) AS n(ticket_id bigint, at timestamptz, kind text, value text,
        ref bigint, actor text, actor_id bigint, public boolean, group_id bigint, assignee_id bigint, rule text, policy_hash text,
        source text, "check" text, said_at timestamptz, reported text, said_by text)
      WHERE ${isNew.length === 0 ? sql`true` : sql.join(isNew, sql` AND `)}
      RETURNING ticket_id)
    INSERT INTO measures_due (ticket_id) SELECT DISTINCT ticket_id FROM grown`);
}

/** {@link appendHistory} for several tickets, a list for each. */
export async function appendHistories(tx: Queryable, lists: readonly (readonly NewEntry[])[]): Promise<void[]> {
  await appendHistory(tx, lists.flat());
  return lists.map(() => undefined);
}

function notBeforeLast(entries: readonly NewEntry[]): SQL {
  const times = entries.flatMap(({ check, at }) => (check === 'last' ? at.getTime() : []));
  const first = new Date(Math.min(...times)).toISOString();
  return sql`CASE n."check" WHEN 'last' THEN greatest(n.at, (SELECT max(h.at) + interval '1 ms' FROM history h
    WHERE h.ticket_id = n.ticket_id AND h.kind = n.kind AND h.at >= n.at AND h.at >= ${first}::timestamptz)) ELSE n.at END`;
}

/** Events have milliseconds, and the API whole seconds. */
const APART_MS = 60_000;

/** A comment is of one of two kinds. */
const isNotThere = (times: readonly Date[]): SQL =>
  sql`(n."check" IS DISTINCT FROM 'once' OR NOT EXISTS (SELECT FROM history h WHERE h.ticket_id = n.ticket_id
    AND (h.kind = n.kind OR (h.kind IN ('comment', 'automatic_reply') AND n.kind IN ('comment', 'automatic_reply')))
    AND (n.kind = 'created' OR h.ref = n.ref)
    AND h.at BETWEEN n.at - ${APART_MS} * interval '1 ms' AND n.at + ${APART_MS} * interval '1 ms' AND ${isAbout(times)}))`;

const isNotReported = (times: readonly Date[]): SQL =>
  sql`(n.said_at IS NULL OR NOT EXISTS (SELECT FROM history h WHERE h.ticket_id = n.ticket_id AND h.kind = n.kind
    AND coalesce(h.value, h.ref::text) IS NOT DISTINCT FROM n.reported
    AND (date_trunc('milliseconds', h.at) = n.said_at
      OR (date_trunc('milliseconds', h.at) = date_trunc('second', n.said_at) AND (h.actor IS NULL OR h.actor IS NOT DISTINCT FROM n.said_by)))
    AND ${isAbout(times)}))`;

/**
 * The times as constants keep the planner to the months that they lie in: with a partition for each of 45 months it otherwise plans for ten
 * times as long as it takes to insert.
 */
function isAbout(times: readonly Date[]): SQL {
  const months = new Map<string, { from: number; to: number }>();
  for (const at of times) {
    const [month, time] = [at.toISOString().slice(0, 7), at.getTime()];
    const { from, to } = months.get(month) ?? { from: time, to: time };
    months.set(month, { from: Math.min(from, time), to: Math.max(to, time) });
  }
  const inOne = [...months.values()].map(({ from, to }) => {
    const [first, last] = [from - APART_MS, to + APART_MS].map((time) => new Date(time).toISOString());
    return sql`h.at BETWEEN ${first}::timestamptz AND ${last}::timestamptz`;
  });
  return sql`(${sql.join(inOne, sql` OR `)})`;
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
    // Customers are named by `created` alone, which is found when they are to be forgotten.
    actor_id: entry.actor === 'customer' ? null : (entry.actorId ?? null),
    public: entry.public ?? null,
    group_id: entry.groupId ?? null,
    assignee_id: entry.assigneeId ?? null,
    rule: entry.rule ?? null,
    policy_hash: entry.policyHash ?? null,
    source: entry.source,
    check: entry.check ?? null,
    said_at: entry.unlessReported?.at.toISOString() ?? null,
    reported: entry.unlessReported?.value?.toString() ?? null,
    said_by: entry.unlessReported?.by ?? null,
  };
}
