// Keeps which agents have a ticket open, for all processes of the service.
import { eq, sql } from 'drizzle-orm';
import { announceViewers } from '../../platform/live/live.ts';
import type { Database } from '../../platform/storage/database.ts';
import { tickets } from '../../tickets/index.ts';
import type { OnTicket } from '../actions/action.ts';
import { maySee } from '../identity/agent.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import { ticketViewers } from '../tables.ts';

const KEPT_FOR = sql`interval '1 hour'`;

export interface Viewers {
  /** The agent's page shows the ticket now. Other pages are told if it did not before. */
  seen: (on: OnTicket) => Promise<void>;
  /**
   * Names of the other agents who have the ticket open and may see it, in alphabetical order, each once. None while the projection does not
   * have the ticket.
   */
  others: (on: OnTicket) => Promise<string[]>;
}

/** @param countsForMs how long an agent counts after their page was last heard of, in milliseconds */
export function createViewers({ db, findAgent }: { db: Database; findAgent: FindAgent }, countsForMs: number): Viewers {
  // By the database's clock, so that the clocks of several machines need not agree.
  const countsSince = sql`now() - make_interval(secs => ${countsForMs / 1000})`;
  return {
    seen: async ({ ticketId, agent }) => {
      await db.execute(sql`
        WITH before AS (
          SELECT FROM ${ticketViewers} WHERE ticket_id = ${ticketId} AND agent_id = ${agent.id} AND seen_at > ${countsSince}),
        seen AS (
          INSERT INTO ${ticketViewers} (ticket_id, agent_id, seen_at) VALUES (${ticketId}, ${agent.id}, now())
          ON CONFLICT (ticket_id, agent_id) DO UPDATE SET seen_at = excluded.seen_at RETURNING ticket_id)
        SELECT ${announceViewers(sql`ticket_id`)} FROM seen WHERE NOT EXISTS (SELECT FROM before)`);
    },
    others: async ({ ticketId, agent }) => {
      const { groupId, assigneeId, organizationId, requesterId } = tickets;
      const rows = await db
        .select({ viewer: ticketViewers.agentId, ticket: { groupId, assigneeId, organizationId, requesterId } })
        .from(ticketViewers)
        .innerJoin(tickets, eq(tickets.id, ticketViewers.ticketId))
        .where(
          sql`${ticketViewers.ticketId} = ${ticketId} AND ${ticketViewers.agentId} <> ${agent.id} AND ${ticketViewers.seenAt} > ${countsSince}`,
        );
      const names = await Promise.all(
        rows.map(async ({ viewer, ticket }) => {
          const found = await findAgent(viewer);
          return found.kind === 'agent' && maySee(found.agent, ticket) ? [found.agent.name] : [];
        }),
      );
      return names.flat().toSorted((a, b) => a.localeCompare(b));
    },
  };
}

export async function pruneViewers(db: Database): Promise<void> {
  await db.execute(sql`DELETE FROM ${ticketViewers} WHERE seen_at < now() - ${KEPT_FOR}`);
}
