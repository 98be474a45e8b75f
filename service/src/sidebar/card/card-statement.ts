// Runs the queries of several sections of a card as one prepared statement.
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { onceFor, prepareJoined } from '../../platform/storage/joined-queries.ts';
import type { Asked, CardQuery, CardValues, TicketContext } from './card-context.ts';
import { seenBy } from './seen-by.ts';

/** Runs the queries for one card, in one round trip. */
export type RunQueries = (context: TicketContext, values: CardValues) => Promise<FoundRows>;

export type FoundRows = ReadonlyMap<CardQuery, readonly unknown[]>;

/** The statements are built when first asked for and kept: building one takes longer than running it. */
export function runQueriesOf(queries: ReadonlySet<CardQuery>): (db: Database) => RunQueries {
  const keys = new Map([...queries].map((query, at) => [query, `q${at}`]));

  return onceFor((db) => {
    const prepare = (asked: Asked) =>
      prepareJoined(db, Object.fromEntries([...keys].map(([query, key]): [string, SQL] => [key, query(asked)])));
    const statements = new Map<string, ReturnType<typeof prepare>>();

    return async (context, values) => {
      const kind = kindOf(context);
      const statement = statements.get(kind) ?? prepare(askedOf(context));
      statements.set(kind, statement);
      const found = await statement.execute({ ...valuesOf(context), ...values });
      return new Map([...keys].map(([query, key]) => [query, found[key] as unknown[]]));
    };
  });
}

/** Two cards of a kind have the same statement. */
function kindOf({ ticket, agent }: TicketContext): string {
  return `${agent.sees}, ${ticket.tier === null ? 'no tier' : 'a tier'}`;
}

function askedOf({ ticket, agent: { sees } }: TicketContext): Asked {
  const agentId = sql.placeholder('agentId');
  const [groupIds, organizationId] = [sql.placeholder('groupIds'), sql.placeholder('organizationId')];
  return {
    ticketId: sql.placeholder('ticketId'),
    requesterId: sql.placeholder('requesterId'),
    assigneeId: sql.placeholder('assigneeId'),
    tier: ticket.tier === null ? null : sql.placeholder('tier'),
    agentId,
    sees,
    seen: seenBy({ sees, id: agentId, groupIds, organizationId }),
  };
}

function valuesOf({ ticket, agent }: TicketContext): CardValues {
  return {
    ticketId: ticket.id,
    requesterId: ticket.requesterId,
    assigneeId: ticket.assigneeId,
    tier: ticket.tier,
    agentId: agent.id,
    groupIds: agent.groupIds,
    organizationId: agent.organizationId,
  };
}
