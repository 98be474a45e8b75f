// Reads how often agents skipped tickets, and why.
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { FigureQuery } from '../read/figure-query.ts';
import { filterTickets } from '../read/read-waiting.ts';
import { areSkipsKnown } from './read-skips.ts';

export interface SkipCounts {
  readonly n: number;
  /** The most frequent first. Skips without a reason, or whose reason was erased, are in `n` only. */
  readonly reasons: readonly { readonly reason: string; readonly n: number }[];
}

export interface SkippedTicket {
  readonly ticketId: number;
  readonly at: Date;
  /** Null: the agent is not known here. */
  readonly agent: string | null;
  readonly reason: string;
}

const MOST_REASONS = 20;

/** The tier, category, channel and group are those that a ticket has now; the agent is who skipped. */
function within({ from, to, agent, ...filters }: FigureQuery): SQL {
  return sql`FROM ticket_skips s LEFT JOIN tickets ON tickets.id = s.ticket_id
    WHERE s.at >= ${from.toISOString()}::timestamptz AND s.at < ${to.toISOString()}::timestamptz AND ${filterTickets(filters)}
      ${agent === undefined ? sql`` : sql`AND s.agent_id = ${agent}`}`;
}

/** Null: Zendesk does not list skips. */
export async function countSkips(db: Queryable, query: FigureQuery): Promise<SkipCounts | null> {
  if (!(await areSkipsKnown(db))) return null;
  const { rows } = await db.execute<{ reason: string; n: number }>(sql`
    SELECT min(s.reason) AS reason, count(*)::int AS n ${within(query)} GROUP BY lower(s.reason) ORDER BY n DESC, reason`);
  return {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    reasons: rows.filter(({ reason }) => reason !== '').slice(0, MOST_REASONS),
  };
}

/** The newest first. `seen`: a condition on `tickets`, those that may be named; undefined: all. */
export async function listSkips(
  db: Queryable,
  query: FigureQuery,
  { seen, limit }: { seen: SQL | undefined; limit: number },
): Promise<SkippedTicket[]> {
  const { rows } = await db.execute<{ id: string; at: string; agent: string | null; reason: string }>(sql`
    SELECT s.ticket_id AS id, s.at, (SELECT name FROM people WHERE people.id = s.agent_id) AS agent, s.reason
    ${within(query)} ${seen === undefined ? sql`` : sql`AND ${seen}`} ORDER BY s.at DESC, s.id DESC LIMIT ${limit}`);
  return rows.map(({ id, at, agent, reason }) => ({ ticketId: Number(id), at: new Date(at), agent, reason }));
}
