// Counts how many older tickets of the same queue each reply passed.
import { sql } from 'drizzle-orm';
import type { Wait } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type Difference, keyOfPlacement } from './differences.ts';
import type { StoredMeasure } from './stored-measures.ts';

/** Replies in this stretch to questions newer than `since` may have passed the ticket, or no longer do. */
interface Stretch {
  readonly since: Date;
  readonly from: Date;
  /** Null: without end. */
  readonly to: Date | null;
}

/** The tickets whose replies may pass more or fewer tickets than before, because these waits changed. */
export async function findConcerned(tx: Queryable, changes: readonly Difference<Wait>[]): Promise<number[]> {
  const stretches = changes.flatMap(stretchesOf);
  if (stretches.length === 0) return [];
  const { rows } = await tx.execute<{ id: number }>(sql`
    SELECT DISTINCT w.ticket_id::float8 AS id
    FROM jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb) AS s(since timestamptz, "from" timestamptz, "to" timestamptz)
    JOIN waits w ON w.until >= s."from" AND w.until < coalesce(s."to", 'infinity') AND w.since > s.since
    WHERE w.ended_by = 'reply'`);
  return rows.map(({ id }) => id);
}

/** Of a wait that began when another did: from where they differ. Of others: all of it. */
function stretchesOf({ removed, added }: Difference<Wait>): Stretch[] {
  const before = new Map(removed.map((wait) => [wait.since.getTime(), wait]));
  const after = new Map(added.map((wait) => [wait.since.getTime(), wait]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((since) => {
    const [a, b] = [before.get(since), after.get(since)];
    if (a === undefined || b === undefined) {
      const only = a ?? b;
      return only ? [{ since: only.since, from: only.since, to: only.until }] : [];
    }
    const from = Math.min(firstDifference(a, b), endOf(a), endOf(b));
    const to = Math.max(endOf(a), endOf(b));
    if (from >= to) return [];
    return [{ since: a.since, from: new Date(from), to: to === Number.POSITIVE_INFINITY ? null : new Date(to) }];
  });
}

const endOf = ({ until }: Wait): number => until?.getTime() ?? Number.POSITIVE_INFINITY;

/** When they stood differently for the first time. */
function firstDifference(a: Wait, b: Wait): number {
  const [ofA, ofB] = [a.placements.map(keyOfPlacement), b.placements.map(keyOfPlacement)];
  const longest = Math.max(ofA.length, ofB.length);
  for (let i = 0; i < longest; i++)
    if (ofA[i] !== ofB[i])
      return Math.min(
        a.placements[i]?.at.getTime() ?? Number.POSITIVE_INFINITY,
        b.placements[i]?.at.getTime() ?? Number.POSITIVE_INFINITY,
      );
  return Number.POSITIVE_INFINITY;
}

interface Row extends Record<string, unknown> {
  ticket_id: number;
  at: string;
  passed: number;
  agent_id: number | null;
  tier: string;
  group_id: number | null;
  category: string | null;
  channel: string | null;
}

/** As the column `score` holds it. */
const MOST = 32_767;

/**
 * The overtakes of these tickets' replies: those that came while an older ticket waited that stood in the same tier, was as urgent, and was nobody's or that
 * agent's. See `overtake_rate` in `FIGURES`.
 * @param scope `departments`: groups whose tickets others cannot answer. `since`: of replies since then; null: of all
 */
export async function findOvertakes(
  tx: Queryable,
  ids: readonly number[],
  { departments, since }: { departments: readonly number[]; since: Date | null },
): Promise<StoredMeasure[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.execute<Row>(sql`
    SELECT w.ticket_id::float8 AS ticket_id, w.until::text AS at, passed.n AS passed, w.agent_id::float8 AS agent_id, w.tier,
      w.group_id::float8 AS group_id, arrival.category, arrival.channel
    FROM waits w
    CROSS JOIN LATERAL (
      SELECT count(*)::float8 AS n
      FROM waits o CROSS JOIN LATERAL (
        SELECT p ->> 'tier' AS tier, p ->> 'priority' AS priority, (p ->> 'assigneeId')::bigint AS assignee_id, (p ->> 'groupId')::bigint AS group_id
        FROM jsonb_array_elements(o.placements) WITH ORDINALITY AS each(p, i)
        WHERE (p ->> 'at')::timestamptz <= w.until ORDER BY i DESC LIMIT 1) AS stood
      WHERE tstzrange(o.since, o.until) @> w.until AND o.since < w.since AND o.ticket_id <> w.ticket_id
        AND stood.tier = w.tier AND (stood.priority IS NOT DISTINCT FROM 'urgent') = (w.priority IS NOT DISTINCT FROM 'urgent')
        AND (stood.assignee_id IS NULL OR stood.assignee_id = w.agent_id)
        AND (stood.group_id IS NULL OR stood.group_id <> ALL(${sql.param(departments)}::bigint[]))) AS passed
    LEFT JOIN LATERAL (
      SELECT category, channel FROM measures WHERE ticket_id = w.ticket_id AND figure <> 'overtake' ORDER BY at LIMIT 1) AS arrival ON true
    WHERE w.ticket_id = ANY(${sql.param(ids)}::bigint[]) AND w.ended_by = 'reply' AND passed.n > 0
      AND w.until >= coalesce(${since?.toISOString() ?? null}::timestamptz, '-infinity')
      AND (w.group_id IS NULL OR w.group_id <> ALL(${sql.param(departments)}::bigint[]))`);
  return rows.map(
    ({ ticket_id: ticketId, at, passed, agent_id: agentId, tier, group_id: groupId, category, channel }) => ({
      ticketId,
      figure: 'overtake',
      at: new Date(at),
      seconds: null,
      businessSeconds: null,
      score: Math.min(passed, MOST),
      met: null,
      category,
      tier,
      channel,
      groupId,
      agentId,
      detail: null,
      fromZendesk: false,
    }),
  );
}
