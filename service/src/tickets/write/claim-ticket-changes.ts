// Which tickets does this process write next?
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { HELD } from './held.ts';
import { claimTable } from './settle-rows.ts';
import type { TicketChangePayload } from './stored-effect.ts';
import { takeClaimTurn } from './take-claim-turn.ts';

export interface ClaimedRow {
  id: number;
  ticketId: number;
  payload: TicketChangePayload;
  /** Tells this claim from every other of the same row. */
  claim: number;
  /** Failures of its own so far. */
  attempts: number;
  /** Claims before this one, in a row, whose end nobody wrote down. */
  unfinished: number;
  createdAt: Date;
  /** An earlier try ended without saying how: the write may have happened. */
  inDoubt: boolean;
}

export interface ClaimOptions {
  /** True: only tickets none of whose wishes was tried before. False: only the others, which go one by one. */
  fresh: boolean;
  /** `only`: tickets during whose writes a process died more than once. `left_out`: all others. Absent: both. */
  suspects?: 'only' | 'left_out';
  /** `only`: tickets in which an agent has done something. `left_out`: all others. Absent: both. */
  agentActs?: 'only' | 'left_out';
  tickets: number;
  leaseMs: number;
}

/** Somebody sits before the screen and waits for what they did; a customer has answered; a decision has time. */
const RANK = sql`min(CASE o.payload->>'cause' WHEN 'agent' THEN 0 WHEN 'answer' THEN 1 ELSE 2 END)`;
const BY_AGENTS = sql`(SELECT a.ticket_id FROM outbox a WHERE a.state = 'waiting' AND a.payload->>'cause' = 'agent')`;
const IS_SUSPECT = sql`EXISTS (SELECT 1 FROM outbox s WHERE s.ticket_id = o.ticket_id AND s.state = 'in_flight' AND s.unfinished > 1)`;
const SUSPECTS = { only: sql`AND ${IS_SUSPECT}`, left_out: sql`AND NOT ${IS_SUSPECT}` };
const WHERE = { only: sql`AND o.ticket_id IN ${BY_AGENTS}`, left_out: sql`AND o.ticket_id NOT IN ${BY_AGENTS}` };

/**
 * Takes all wishes that wait for up to `tickets` tickets and gives them back by ticket: agents' acts before answers before
 * decisions, and among these those due longest. No ticket is ever held by two processes: two writes within one second carry the
 * same stamp, and the second would undo the first.
 */
export async function claimTicketChanges(db: Database, options: ClaimOptions): Promise<ClaimedRow[][]> {
  const rows = await db.transaction(async (tx) => {
    await takeClaimTurn(tx);
    const claimed = await tx.execute<RawRow>(sql`
      WITH due AS (
        SELECT o.ticket_id, min(o.due_at) AS due_at, min(o.id) AS first_id FROM outbox o
        WHERE o.kind = 'ticket_change' AND o.zendesk_job_id IS NULL
          AND ((o.state = 'waiting' AND o.due_at <= now()) OR (o.state = 'in_flight' AND o.claimed_until < now()))
          AND NOT ${HELD} ${options.agentActs ? WHERE[options.agentActs] : sql``}
          ${options.suspects ? SUSPECTS[options.suspects] : sql``}
          AND ${options.fresh} <> EXISTS (
            SELECT 1 FROM outbox tried WHERE tried.ticket_id = o.ticket_id AND tried.kind = 'ticket_change'
              AND (tried.state = 'in_flight' OR (tried.state = 'waiting' AND tried.alone)))
        GROUP BY o.ticket_id ORDER BY ${RANK}, 2, 3 LIMIT ${options.tickets}),
      taken AS (
        SELECT o.id, o.state = 'in_flight' AS in_doubt FROM outbox o JOIN due USING (ticket_id)
        WHERE o.kind = 'ticket_change' AND o.state IN ('waiting', 'in_flight')
        FOR UPDATE OF o SKIP LOCKED)
      UPDATE outbox o
      SET state = 'in_flight', claims = o.claims + 1, unfinished = o.unfinished + 1,
        claimed_until = now() + ${options.leaseMs}::float8 * interval '1 millisecond'
      FROM taken WHERE o.id = taken.id
      RETURNING o.id::float8 AS id, o.ticket_id::float8 AS ticket_id, o.payload, o.claims, o.attempts,
        o.unfinished - 1 AS unfinished, (extract(epoch FROM o.created_at) * 1000)::float8 AS created_ms, taken.in_doubt`);
    return claimed.rows;
  });
  return groupByTicket(rows.map(claimedRow));
}

/** Holds on to rows for another `leaseMs`. False: the lease had ended and somebody else has claimed some of them. */
export async function renewLease(db: Database, rows: readonly ClaimedRow[], leaseMs: number): Promise<boolean> {
  return (await renewLeases(db, rows, leaseMs)).size === rows.length;
}

/** The same for rows of several tickets: gives back the ids of those that are still ours. */
export async function renewLeases(db: Database, rows: readonly ClaimedRow[], leaseMs: number): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const { rows: renewed } = await db.execute<{ id: number }>(sql`
    UPDATE outbox o SET claimed_until = now() + ${leaseMs}::float8 * interval '1 millisecond'
    FROM ${claimTable(rows)}
    WHERE o.id = c.id AND o.claims = c.claim AND o.state = 'in_flight' RETURNING o.id::float8 AS id`);
  return new Set(renewed.map(({ id }) => id));
}

/** Oldest wish first within each ticket. */
export function groupByTicket(rows: readonly ClaimedRow[]): ClaimedRow[][] {
  const byTicket = new Map<number, ClaimedRow[]>();
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    const list = byTicket.get(row.ticketId);
    if (list) list.push(row);
    else byTicket.set(row.ticketId, [row]);
  }
  return [...byTicket.values()];
}

// A type, not an interface: `execute` asks for an index signature.
export type RawRow = {
  id: number;
  ticket_id: number;
  payload: TicketChangePayload;
  claims: number;
  attempts: number;
  unfinished: number;
  created_ms: number;
  in_doubt: boolean;
};

export function claimedRow(row: RawRow): ClaimedRow {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    payload: row.payload,
    claim: row.claims,
    attempts: row.attempts,
    unfinished: row.unfinished,
    createdAt: new Date(Math.floor(row.created_ms)),
    inDoubt: row.in_doubt,
  };
}
