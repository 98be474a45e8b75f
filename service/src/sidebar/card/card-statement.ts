// Runs the queries of all sections of a card as one prepared statement.
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { onceFor, prepareJoined } from '../../platform/storage/joined-queries.ts';
import type { Asked, CardQuery, CardRows, CardValues, TicketContext } from './card-context.ts';
import { seenBy } from './seen-by.ts';

/** What runs the queries of cards, in one round trip a card. `queries`: of all its sections, each once. */
export type RunQueries = (context: TicketContext, values: CardValues) => Promise<CardRows>;

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
      return <Row>(query: CardQuery<Row>) => {
        const key = keys.get(query);
        if (key === undefined) throw new Error('A section of the card reads rows of a query that it does not name');
        return found[key] as Row[];
      };
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
