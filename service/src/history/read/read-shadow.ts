// Reads what triggers in shadow would have done, and whether agents chose the same.
import type { Policy } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { FILE } from '../../decide/share.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ShadowOutcome } from '../../tickets/index.ts';
import type { Period } from './figure-query.ts';

/** One way in which tickets would have gone otherwise. */
export interface ShadowMove {
  readonly part: 'category' | 'tier' | 'priority' | 'survey' | 'tag';
  /** Null: none; of priority: the ticket's own. */
  readonly from: string | null;
  readonly to: string | null;
  readonly n: number;
}

export interface ShadowTrigger {
  /** Its id; `none`: no trigger, so the default category. */
  readonly trigger: string;
  /** Tickets that were decided while it was in shadow for them. */
  readonly saw: number;
  /** Of those, tickets for which it would have done something else than was done. */
  readonly changed: number;
  /** The most frequent first. */
  readonly moves: readonly ShadowMove[];
  /** Some of the tickets, the newest first. */
  readonly samples: readonly number[];
  /** Tickets that would have another category or tier, and whose category or group an agent chose afterwards; and as what. */
  readonly chosen: { readonly n: number; readonly asShadow: number; readonly asActing: number };
}

interface ShadowQuery extends Period {
  readonly policy: Pick<Policy, 'tiers'>;
  /** The group's id in Zendesk; null: unknown. */
  readonly groupId: (name: string) => number | null;
  /** Undefined: all. */
  readonly trigger?: string | undefined;
}

interface Row extends Record<string, unknown> {
  trigger: string;
  shadow: ShadowOutcome;
  category: string | null;
  group_id: string | null;
  n: number;
  samples: number[];
}

const SAMPLES = 5;

/** Each ticket counts once a trigger, as the last of its decisions in the period had it. Triggers of the period, by id. */
export async function readShadow(db: Queryable, query: ShadowQuery): Promise<ShadowTrigger[]> {
  const [{ rows }, seen] = await Promise.all([readOutcomes(db, query), readSeen(db, query)]);
  const tiers = new Map(query.policy.tiers.map(({ id, group }) => [id, query.groupId(group)]));
  const triggers = [...new Set([...rows.map(({ trigger }) => trigger), ...seen.keys()])].toSorted();
  return triggers.map((trigger) => {
    const own = rows.filter((row) => row.trigger === trigger);
    return {
      trigger,
      saw: seen.get(trigger) ?? own.reduce((sum, { n }) => sum + n, 0),
      changed: own.reduce((sum, { n }) => sum + n, 0),
      moves: movesOf(own),
      samples: own
        .flatMap(({ samples }) => samples)
        .toSorted((a, b) => b - a)
        .slice(0, SAMPLES),
      chosen: chosenIn(own, tiers),
    };
  });
}

/** The tickets of the period that triggers in shadow would have decided otherwise: `trigger`, `ticket_id`, `decided_at`, `shadow`. */
export const shadowTickets = ({ from, to }: Period, trigger?: string): SQL => sql`
  SELECT DISTINCT ON (t.trigger, d.ticket_id) t.trigger, d.ticket_id, d.decided_at, d.shadow
  FROM decisions d CROSS JOIN LATERAL jsonb_array_elements_text(
    CASE WHEN d.shadow->'triggers' = '[]' THEN '["none"]' ELSE d.shadow->'triggers' END) AS t (trigger)
  WHERE d.shadow IS NOT NULL AND d.decided_at >= ${from.toISOString()} AND d.decided_at < ${to.toISOString()}
    ${trigger === undefined ? sql`` : sql`AND t.trigger = ${trigger}`}
  ORDER BY t.trigger, d.ticket_id, d.decided_at DESC, d.id DESC`;

/** What an agent chose last, after the decision of `o`, a row of `shadowTickets`. */
const chosen = (kind: 'category' | 'group', of: SQL): SQL => sql`(
    SELECT ${of} FROM history h
    WHERE h.ticket_id = o.ticket_id AND h.at >= o.decided_at AND h.kind = ${kind} AND h.actor = 'agent' AND ${of} IS NOT NULL
    ORDER BY h.at DESC, h.recorded_at DESC LIMIT 1)`;
const [CATEGORY, GROUP] = [chosen('category', sql`h.value`), chosen('group', sql`h.ref`)];

/** In a query of `shadowTickets` as `o`: whether an agent chose what would be other by the trigger; see `chosenIn`. */
export const WAS_CHOSEN: SQL = sql`(
  (o.shadow->'from'->'category' <> o.shadow->'to'->'category' AND ${CATEGORY} IS NOT NULL)
  OR (o.shadow->'from'->'tier' <> o.shadow->'to'->'tier' AND ${GROUP} IS NOT NULL))`;

function readOutcomes(db: Queryable, { trigger, ...period }: ShadowQuery) {
  return db.execute<Row>(sql`
    SELECT trigger, shadow, category, group_id, count(*)::int AS n, (array_agg(ticket_id::float8 ORDER BY ticket_id DESC))[1:${sql.raw(String(SAMPLES))}] AS samples
    FROM (SELECT o.*, ${CATEGORY} AS category, ${GROUP} AS group_id
      FROM (${shadowTickets(period, trigger)}) AS o) AS outcomes
    GROUP BY trigger, shadow, category, group_id`);
}

/** `isInShare` of decide, in SQL. */
const isInShare = (percent: SQL, name: SQL, ticketId: SQL): SQL => sql`
  ('x' || encode(substring(sha256(convert_to('mode:' || ${name} || ':' || ${ticketId}, 'UTF8')) FROM 1 FOR 4), 'hex'))::bit(32)::bigint
    * 100 < ${percent} * 4294967296`;

/** By trigger: tickets decided by policies that had it in shadow for them. */
async function readSeen(db: Queryable, { from, to, trigger }: ShadowQuery): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.execute<{ trigger: string; n: number }>(sql`
    WITH modes AS (
      SELECT substr(key, length('policy_rules:') + 1) AS hash, t->>'id' AS trigger, (t->>'share')::bigint AS share,
        CASE WHEN t ? 'drawnByFile' THEN ${FILE} ELSE t->>'id' END AS name
      FROM settings CROSS JOIN LATERAL jsonb_array_elements(value->'triggers') AS t
      WHERE key LIKE 'policy\_rules:%' AND t ? 'share')
    SELECT m.trigger, count(DISTINCT d.ticket_id)::int AS n
    FROM decisions d JOIN modes m ON m.hash = d.policy_hash
    WHERE d.decided_at >= ${from.toISOString()} AND d.decided_at < ${to.toISOString()}
      AND d.outcome IN ('acted', 'unchanged', 'in_shadow') AND NOT ${isInShare(sql`m.share`, sql`m.name`, sql`d.ticket_id`)} ${trigger === undefined ? sql`` : sql`AND m.trigger = ${trigger}`}
    GROUP BY 1`);
  return new Map(rows.map((row) => [row.trigger, row.n]));
}

function movesOf(rows: readonly Row[]): ShadowMove[] {
  const moves = new Map<string, ShadowMove>();
  const add = (move: Omit<ShadowMove, 'n'>, n: number): void => {
    const key = JSON.stringify(move);
    moves.set(key, { ...move, n: (moves.get(key)?.n ?? 0) + n });
  };
  for (const { shadow, n } of rows) {
    const { from, to, tags } = shadow;
    for (const part of ['category', 'tier', 'priority', 'survey'] as const)
      if (from[part] !== to[part] && !(part === 'priority' && to.priority === null))
        add({ part, from: from[part], to: to[part] }, n);
    for (const tag of tags) add({ part: 'tag', from: null, to: tag }, n);
  }
  return [...moves.values()].toSorted((a, b) => b.n - a.n || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** A chosen category says more than a move between groups. */
function chosenIn(rows: readonly Row[], groups: ReadonlyMap<string, number | null>): ShadowTrigger['chosen'] {
  let [n, asShadow, asActing] = [0, 0, 0];
  for (const { shadow, category, group_id: group, n: tickets } of rows) {
    const { from, to } = shadow;
    const isIn = (tier: string | null) => tier !== null && group !== null && groups.get(tier) === Number(group);
    const byCategory = category !== null && from.category !== to.category;
    if (!byCategory && (group === null || from.tier === to.tier)) continue;
    n += tickets;
    if (byCategory ? category === to.category : isIn(to.tier)) asShadow += tickets;
    if (byCategory ? category === from.category : isIn(from.tier)) asActing += tickets;
  }
  return { n, asShadow, asActing };
}
