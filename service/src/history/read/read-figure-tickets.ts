// Reads the tickets behind a figure.
import { FIGURES, type FigureId, type FigureUnit, type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { type FigureQuery, filterMeasures, type TallyQuery } from './figure-query.ts';
import { shadowTickets, WAS_CHOSEN } from './read-shadow.ts';
import { readTallies } from './read-tallies.ts';
import { filterTickets, IS_OPEN } from './read-waiting.ts';
import { tallyOf } from './tally.ts';

interface CountedTicket {
  readonly ticketId: number;
  readonly at: Date;
  /** In the unit of the answer. */
  readonly value: number | null;
  readonly tier: string | null;
  readonly category: string | null;
  readonly channel: string | null;
}

export interface CountedTickets {
  /** Of `value`. */
  readonly unit: FigureUnit;
  /** All that were counted. */
  readonly total: number;
  /** Those of them that `seen` shows. */
  readonly shown: number;
  readonly rows: readonly CountedTicket[];
}

export interface Part {
  /** A condition on `tickets`: those that may be named. Undefined: all, also those that we know by their figures only. */
  readonly seen: SQL | undefined;
  /** A further condition on `tickets`, of figures of the moment. */
  readonly only?: SQL | undefined;
  /** Of `in_shadow`: those whose category or group an agent chose afterwards. */
  readonly onlyChosen?: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly now: Date;
}

interface Row extends Record<string, unknown> {
  id: string;
  at: string;
  value: number | null;
  tier: string | null;
  category: string | null;
  channel: string | null;
}

/**
 * The most telling first: missed targets before met ones, the longest time, the lowest score, otherwise the newest. Of a rate those that it counts,
 * not all that it is a share of.
 */
export function readFigureTickets(
  db: Queryable,
  query: FigureQuery,
  figure: FigureId,
  part: Part,
): Promise<CountedTickets> {
  const { kind } = FIGURES[figure].from;
  if (kind === 'shadow') return ofShadow(db, query, part);
  return kind === 'now' || kind === 'forecast'
    ? ofTheMoment(db, query, figure, part)
    : ofMeasures(db, query, figure, part);
}

async function ofMeasures(db: Queryable, query: FigureQuery, figure: FigureId, part: Part): Promise<CountedTickets> {
  const { from, to, before: _, ...filters } = query;
  const { measures, onlyTargets, unit, value, first } = countedBy(figure);
  const rows = sql`
    FROM measures ${part.seen === undefined ? sql`` : sql`JOIN tickets ON tickets.id = measures.ticket_id`}
    WHERE figure = ANY(${sql.param(measures)}::text[]) AND at >= ${from.toISOString()} AND at < ${to.toISOString()}
      AND ${filterMeasures(filters)} ${onlyTargets ? sql`AND met IS NOT NULL` : sql``}
      ${part.seen === undefined ? sql`` : sql`AND ${part.seen}`}`;
  const [total, shown, { rows: found }] = await Promise.all([
    countAll(db, { measures, period: { from, to }, before: null, filters, by: null }, onlyTargets),
    part.seen === undefined ? null : countRows(db, rows),
    db.execute<Row>(sql`
      SELECT measures.ticket_id AS id, measures.at, ${value} AS value, measures.tier, measures.category, measures.channel
      ${rows} ORDER BY ${first}, measures.ticket_id LIMIT ${part.limit} OFFSET ${part.offset}`),
  ]);
  return { unit, total, shown: shown ?? total, rows: found.map(toTicket) };
}

const isTimed = (measure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(measure);

interface CountedBy {
  readonly measures: readonly MeasureId[];
  /** Only those with a target, or that could have been otherwise. */
  readonly onlyTargets: boolean;
  readonly unit: FigureUnit;
  readonly value: SQL;
  readonly first: SQL;
}

function countedBy(figure: FigureId): CountedBy {
  const { from } = FIGURES[figure];
  const newest = { unit: 'count', value: sql`NULL::int`, first: sql`measures.at DESC` } as const;
  const longest = {
    unit: 'duration',
    value: sql`measures.seconds`,
    first: sql`measures.seconds DESC NULLS LAST`,
  } as const;
  switch (from.kind) {
    case 'time':
      return { measures: [from.of], onlyTargets: false, ...longest };
    case 'met': {
      const { unit, value, first } = from.of.some(isTimed) ? longest : newest;
      return { measures: from.of, onlyTargets: true, unit, value, first: sql`measures.met, ${first}` };
    }
    case 'top':
    case 'mean': {
      const lowest = sql`measures.score, measures.at DESC`;
      const outOf = from.kind === 'mean' ? from.outOf : 1;
      const unit = outOf === 1 ? 'score' : 'share';
      return {
        measures: [from.of],
        onlyTargets: false,
        unit,
        value: sql`measures.score / ${outOf}::float8`,
        first: lowest,
      };
    }
    case 'ratio':
    case 'count':
      return { measures: [from.of], onlyTargets: false, ...newest };
    case 'now':
    case 'forecast':
    case 'shadow':
      throw new Error(`${figure} has no measures`);
  }
}

async function countAll(db: Queryable, query: TallyQuery, onlyTargets: boolean): Promise<number> {
  const { now } = await readTallies(db, query);
  return query.measures.reduce((sum, measure) => {
    const { n, met, missed } = tallyOf(now, '', measure);
    return sum + (onlyTargets ? met + missed : n);
  }, 0);
}

async function countRows(db: Queryable, from: SQL): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`SELECT count(*)::float8 AS n ${from}`);
  return rows[0]?.n ?? 0;
}

/** Tickets that wait, or are open, now. */
async function ofTheMoment(db: Queryable, query: FigureQuery, figure: FigureId, part: Part): Promise<CountedTickets> {
  const isWaiting = figure === 'waiting' || figure === 'oldest_wait';
  const all = sql`FROM tickets
    WHERE ${isWaiting ? sql`gone IS NULL AND waiting_since IS NOT NULL` : IS_OPEN} AND ${filterTickets(query)} ${part.only === undefined ? sql`` : sql`AND ${part.only}`}`;
  const rows = part.seen === undefined ? all : sql`${all} AND ${part.seen}`;
  const since = isWaiting ? sql`waiting_since` : sql`created_at`;
  const [total, shown, { rows: found }] = await Promise.all([
    countRows(db, all),
    part.seen === undefined ? null : countRows(db, rows),
    db.execute<Row>(sql`
      SELECT id, ${since} AS at, extract(epoch FROM ${part.now.toISOString()}::timestamptz - ${since})::float8 AS value, tier, category, via AS channel
      ${rows} ORDER BY ${since}, id LIMIT ${part.limit} OFFSET ${part.offset}`),
  ]);
  return { unit: 'duration', total, shown: shown ?? total, rows: found.map(toTicket) };
}

/** Tickets that triggers in shadow would have decided otherwise, with the tier and category that they would have. */
async function ofShadow(db: Queryable, { from, to, detail }: FigureQuery, part: Part): Promise<CountedTickets> {
  const all = sql`FROM (${shadowTickets({ from, to }, detail)}) AS o LEFT JOIN tickets ON tickets.id = o.ticket_id
    WHERE ${part.onlyChosen === true ? WAS_CHOSEN : sql`true`}`;
  const rows = part.seen === undefined ? all : sql`${all} AND ${part.seen}`;
  const [total, shown, { rows: found }] = await Promise.all([
    countRows(db, all),
    part.seen === undefined ? null : countRows(db, rows),
    db.execute<Row>(sql`
      SELECT o.ticket_id AS id, o.decided_at AS at, NULL::int AS value, o.shadow->'to'->>'tier' AS tier,
        o.shadow->'to'->>'category' AS category, tickets.via AS channel
      ${rows} ORDER BY o.decided_at DESC, o.ticket_id LIMIT ${part.limit} OFFSET ${part.offset}`),
  ]);
  return { unit: 'count', total, shown: shown ?? total, rows: found.map(toTicket) };
}

const toTicket = ({ id, at, value, tier, category, channel }: Row): CountedTicket => ({
  ticketId: Number(id),
  at: new Date(at),
  value,
  tier,
  category,
  channel,
});
