// Finds agents who refund and give, and customers who get, more today than chance explains.
import { addDays, localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { judgeAgentDay, judgeCustomerDay } from '../../figures/refund-bursts.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { AlarmContext, Finding } from './finding.ts';

/** Before today. */
const DAYS = 30;

type Kind = 'agent_refunds' | 'customer_refunds';

type Row = {
  /** The agent's id, or the customer's random name. */
  who: string;
  day: string;
  n: number;
  sum: number;
  squares: number;
  /** The agent's. */
  name: string | null;
  newest: string | null;
};

/** By local days. `about`: the agent's id. */
export const findAgentRefunds = (db: Queryable, context: AlarmContext): Promise<Finding[]> =>
  findBursts(db, context, 'agent_refunds');

/** By local days. `about`: the customer's random name in the books. Nothing else is told of them. */
export const findCustomerRefunds = (db: Queryable, context: AlarmContext): Promise<Finding[]> =>
  findBursts(db, context, 'customer_refunds');

async function findBursts(db: Queryable, { inForce, now, isOn }: AlarmContext, kind: Kind): Promise<Finding[]> {
  const { refunds, alarms, time_zone: zone } = inForce.policy;
  const atLeast = alarms.refund_burst_from;
  if (refunds === undefined || atLeast === 0) return [];
  const { currency } = refunds;
  const today = localDate(now.getTime(), zone);
  const rows = await readDays(db, kind, { currency, from: addDays(today, -DAYS), today });
  const past = rows.filter(({ day }) => day < today);
  return rows.flatMap((row): Finding[] => {
    const { who, day, n, sum, name, newest } = row;
    if (day !== today) return [];
    const judging = { wasOn: isOn(kind, who), atLeast };
    const burst =
      kind === 'agent_refunds'
        ? judgeAgentDay(row, { own: past.filter((one) => one.who === who), all: past }, judging)
        : judgeCustomerDay(row, past, judging);
    if (!burst.isOn || burst.usual === null) return [];
    const worth = { today: { minor: sum, currency }, usual: { minor: Math.round(burst.usual.sum), currency } };
    const ticketId = newest === null ? null : Number(newest);
    return [{ kind, about: who, n, usual: burst.usual.n, worth, agent: name, since: null, ticketId }];
  });
}

/**
 * Refunds that came back do not count. Goodwill that was taken back does: the customer may have its code already. Refunds made elsewhere
 * name nobody.
 */
async function readDays(
  db: Queryable,
  kind: Kind,
  { currency, from, today }: { currency: string; from: string; today: string },
): Promise<Row[]> {
  const who = sql.identifier(kind === 'agent_refunds' ? 'agent_id' : 'customer');
  const agentId = kind === 'agent_refunds' ? sql`days.who::bigint` : sql`NULL`;
  const { rows } = await db.execute<Row>(sql`
    WITH given AS MATERIALIZED (
      SELECT l.${who} AS who, l.day, l.amount_minor AS minor, l.ticket_id, l.at FROM ledger_entries l
      WHERE l.kind = 'reserved' AND l.currency = ${currency} AND l.day BETWEEN ${from} AND ${today}
        AND NOT EXISTS (SELECT FROM ledger_entries b WHERE b.request_id = l.request_id AND b.kind = 'released')
        AND NOT EXISTS (SELECT FROM ledger_entries b WHERE b.request_id = l.request_id AND b.kind = 'reversed')
      UNION ALL
      SELECT g.${who}, g.day, g.value_minor, g.ticket_id, g.at FROM goodwill_entries g
      WHERE g.kind = 'given' AND g.currency = ${currency} AND g.day BETWEEN ${from} AND ${today}),
    days AS (
      SELECT who::text AS who, day::text AS day, count(*)::int AS n, sum(minor)::float8 AS sum,
        sum(minor::float8 * minor) AS squares, (array_agg(ticket_id ORDER BY at DESC))[1] AS newest
      FROM given WHERE who IS NOT NULL GROUP BY given.who, given.day)
    SELECT days.*, p.name FROM days LEFT JOIN people p ON p.id = ${agentId} ORDER BY days.who`);
  return rows;
}
