// Stores each agent's permissions as last read from Zendesk, so that all web processes share one read.
import { asc, eq, gte, lt, ne, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';
import { storedAgents } from '../tables.ts';
import type { Agent } from './agent.ts';

export interface StoredAgent {
  /** Null: Zendesk has no such user. */
  agent: ZendeskAgent | null;
  /** Epoch milliseconds, when the read started. */
  readAt: number;
}

export interface ReadingState {
  /** When all agents were last read, in epoch milliseconds. */
  wholeAt: number;
  /** All agents are read again after this many milliseconds. */
  everyMs: number;
  /** Until then one process reads, and the others wait for its result. */
  until: number;
}

const KEY = 'agent_standings';
/** Agents requested within this time are read again with the others: their sidebar may be open. */
const WATCHED_MS = 15 * 60_000;
/** Accounts with at most this many agents are read completely, so that signing in costs no calls. */
const WHOLE_ACCOUNT = 1_000;
const KEPT_MS = 24 * 3_600_000;
/** A process that dies while reading blocks the others for at most this long. */
const TURN_MS = 30_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 90_000;
/** 20 calls a minute. */
const MS_A_CALL = 3_000;
const NEVER: ReadingState = { wholeAt: 0, everyMs: SHORTEST_MS, until: 0 };

/** Throws when the database cannot be reached. `now` is epoch milliseconds everywhere. */
export function createAgentStore(db: Database) {
  return {
    /** Records requested agents, and returns what is stored of them and of all recently requested ones. */
    async load(
      asked: readonly number[],
      now: number,
    ): Promise<{ agents: Map<number, StoredAgent>; state: ReadingState }> {
      const askedAt = new Date(now);
      if (asked.length > 0)
        await db
          .insert(storedAgents)
          .values(asked.map((id) => ({ id, askedAt })))
          .onConflictDoUpdate({ target: storedAgents.id, set: { askedAt } });
      const [rows, [row]] = await Promise.all([
        db
          .select()
          .from(storedAgents)
          .where(gte(storedAgents.askedAt, new Date(now - WATCHED_MS))),
        db.select().from(settings).where(eq(settings.key, KEY)),
      ]);
      const agents = new Map<number, StoredAgent>();
      for (const { id, agent, readAt } of rows)
        if (readAt !== null) agents.set(id, { agent: agent as ZendeskAgent | null, readAt: readAt.getTime() });
      return { agents, state: (row?.value as ReadingState | undefined) ?? NEVER };
    },

    /** Null: another process is already reading. */
    async takeTurn(now: number): Promise<ReadingState | null> {
      const until = now + TURN_MS;
      const [row] = await db
        .insert(settings)
        .values({ key: KEY, value: { ...NEVER, until } })
        .onConflictDoUpdate({
          target: settings.key,
          set: { value: sql`${settings.value} || jsonb_build_object('until', ${until}::bigint)` },
          setWhere: sql`(${settings.value} ->> 'until')::bigint <= ${now}`,
        })
        .returning({ value: settings.value });
      return (row?.value as ReadingState | undefined) ?? null;
    },

    /** The agents to read when all are read. */
    async agentsToRead(now: number): Promise<number[]> {
      const ours = sql`${people.role} <> 'end-user' AND ${people.staffUntil} IS NULL`;
      const watched = db
        .select({ id: storedAgents.id })
        .from(storedAgents)
        .where(gte(storedAgents.askedAt, new Date(now - WATCHED_MS)));
      const all = db
        .select({ id: people.id })
        .from(people)
        .where(sql`${ours} AND (SELECT count(*) FROM ${people} WHERE ${ours}) <= ${WHOLE_ACCOUNT}`);
      return (await watched.union(all)).map(({ id }) => id);
    },

    /** Stores a read of `ids` that started at `readAt`; ids missing in `agents` do not exist in Zendesk. */
    async save(ids: readonly number[], agents: readonly ZendeskAgent[], readAt: number): Promise<void> {
      const byId = new Map(agents.map((agent) => [agent.id, agent]));
      const rows = ids.map((id) => ({ id, agent: byId.get(id) ?? null, readAt: new Date(readAt) }));
      await db
        .insert(storedAgents)
        .values(rows)
        .onConflictDoUpdate({
          target: storedAgents.id,
          set: { agent: sql`excluded.standing`, readAt: sql`excluded.read_at` },
          setWhere: sql`${storedAgents.readAt} IS NULL OR ${storedAgents.readAt} < excluded.read_at`,
        });
    },

    /** Releases the read lock. `whole`: set if all agents were read. */
    async endTurn(whole: { agents: readonly ZendeskAgent[]; readAt: number } | null): Promise<void> {
      const state: Partial<ReadingState> = { until: 0 };
      if (whole) {
        Object.assign(state, { wholeAt: whole.readAt, everyMs: intervalOf(whole.agents) });
        const expired = new Date(whole.readAt - KEPT_MS);
        await db.delete(storedAgents).where(lt(storedAgents.readAt, expired));
      }
      await db
        .update(settings)
        .set({ value: sql`${settings.value} || ${JSON.stringify(state)}::jsonb` })
        .where(eq(settings.key, KEY));
    },
  };
}

/** Chosen so that reading these agents costs at most 20 calls a minute, but a suspended agent never keeps access for two minutes. */
function intervalOf(agents: readonly ZendeskAgent[]): number {
  const memberships = agents.reduce((sum, agent) => sum + agent.group_ids.length, 0);
  const calls = Math.ceil(agents.length / 100) + Math.ceil(memberships / 100) + 1;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, calls * MS_A_CALL));
}

/** Former agents too, as they were last seen. */
export interface ListedAgent extends Pick<Agent, 'id' | 'name' | 'email' | 'role'> {
  /** Null: Zendesk was never asked. */
  readonly groupIds: readonly number[] | null;
}

/** Lists the agents of the account from the database, for commands that run without Zendesk. */
export async function listAgents(db: Queryable): Promise<ListedAgent[]> {
  const rows = await db
    .select({ person: people, standing: storedAgents.agent })
    .from(people)
    .leftJoin(storedAgents, eq(storedAgents.id, people.id))
    .where(ne(people.role, 'end-user'))
    .orderBy(asc(people.id));
  return rows.map(({ person: { id, name, email, role }, standing }) => ({
    id,
    name,
    email: email?.toLowerCase() ?? null,
    role: role === 'admin' ? 'admin' : 'agent',
    groupIds: (standing as ZendeskAgent | null)?.group_ids ?? null,
  }));
}
