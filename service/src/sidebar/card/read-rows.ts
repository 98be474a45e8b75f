// Reads the rows of all sections of a card in one statement, and leaves out sections whose queries fail.
import { type SQL, sql } from 'drizzle-orm';
import { isTemporary } from '../../platform/errors/external-error.ts';
import type { Database } from '../../platform/storage/database.ts';
import { onceFor, prepareJoined } from '../../platform/storage/joined-queries.ts';
import type { Asked, CardQuery, CardRows, CardValues, TicketContext } from './card-context.ts';
import { seenBy } from './seen-by.ts';

/** What is needed of a section to read its rows. */
interface Reading {
  readonly queries?: readonly CardQuery[];
  readonly values?: (context: TicketContext) => CardValues | Promise<CardValues>;
  /** Absent: there is no card without this section. */
  readonly ifBroken?: unknown;
}

/** Calls `onBroken` for each section that is left out. Throws if one fails that the card needs, or the database cannot be reached. */
type ReadRows = (
  db: Database,
  context: TicketContext,
  onBroken: (key: string, error: unknown) => void,
) => Promise<CardRows>;

/** `shared`: queries for more than one section. */
export function rowsOfSections(sections: Readonly<Record<string, Reading>>, shared: readonly CardQuery[]): ReadRows {
  /** By the sections they are for; each is prepared once. */
  const statements = new Map<string, (db: Database) => RunQueries>();
  const statementOf = (keys: readonly string[], others: readonly CardQuery[]) => {
    const name = [...keys, others.length].join();
    const queries = keys.flatMap((key) => sections[key]?.queries ?? []);
    const statement = statements.get(name) ?? runQueriesOf(new Set([...others, ...queries]));
    statements.set(name, statement);
    return statement;
  };

  return async (db, context, onBroken) => {
    const values: Record<string, CardValues> = {};
    const read = (keys: readonly string[], others: readonly CardQuery[]): Promise<FoundRows> =>
      statementOf(keys, others)(db)(context, Object.assign({}, ...keys.map((key) => values[key])));
    /** Returns whether it worked. */
    const attempt = async (key: string, work: () => Promise<void>): Promise<boolean> => {
      try {
        await work();
        return true;
      } catch (error) {
        if (sections[key]?.ifBroken === undefined || isTemporary(error)) throw error;
        onBroken(key, error);
        return false;
      }
    };
    const withValues = async ([key, section]: [string, Reading]): Promise<string[]> => {
      const worked = await attempt(key, async () => {
        values[key] = (await section.values?.(context)) ?? {};
      });
      return worked ? [key] : [];
    };

    const keys = (await Promise.all(Object.entries(sections).map(withValues))).flat();
    try {
      return rowsIn(await read(keys, shared));
    } catch (error) {
      const isOptional = (key: string): boolean => sections[key]?.ifBroken !== undefined;
      const suspects = keys.filter((key) => isOptional(key) && sections[key]?.queries?.length);
      if (isTemporary(error) || suspects.length === 0) throw error;
      // What the card needs is read together, and each of the others alone, so that only the one to blame is missing.
      const needed = await read(
        keys.filter((key) => !isOptional(key)),
        shared,
      );
      const found = new Map(needed);
      for (const key of suspects)
        await attempt(key, async () => {
          for (const [query, rows] of await read([key], [])) found.set(query, rows);
        });
      return rowsIn(found);
    }
  };
}

const rowsIn =
  (found: FoundRows): CardRows =>
  <Row>(query: CardQuery<Row>) => {
    const rows = found.get(query);
    if (!rows) throw new Error('A section of the card reads rows of a query that it does not name');
    return rows as Row[];
  };

/** Runs the queries for one card, in one round trip. */
type RunQueries = (context: TicketContext, values: CardValues) => Promise<FoundRows>;

type FoundRows = ReadonlyMap<CardQuery, readonly unknown[]>;

/** The statements are built when first asked for and kept: building one takes longer than running it. */
function runQueriesOf(queries: ReadonlySet<CardQuery>): (db: Database) => RunQueries {
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
