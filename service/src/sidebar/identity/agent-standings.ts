// Keeps in PostgreSQL what Zendesk last said of each agent, so that all web processes share one reading.
import { eq, gte, lt, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';
import { agentStandings } from '../tables.ts';

export interface Standing {
  /** Null: Zendesk has no such user. */
  agent: ZendeskAgent | null;
  /** Epoch milliseconds, when the reading began. */
  readAt: number;
}

export interface ReadingState {
  /** When everybody was last read, in epoch milliseconds. */
  wholeAt: number;
  /** Everybody is read anew after so many milliseconds. */
  everyMs: number;
  /** Until then one process reads, and the others wait for what it brings. */
  until: number;
}

const KEY = 'agent_standings';
/** Who was asked for within this time is read anew with the others: their sidebar may be open. */
const WATCHED_MS = 15 * 60_000;
/** An account with at most so many agents is read as a whole, so that signing in in the morning costs no calls. */
const WHOLE_ACCOUNT = 1_000;
const FORGOTTEN_MS = 24 * 3_600_000;
/** A process that ends while it reads holds the others up for no longer. */
const TURN_MS = 30_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 90_000;
/** 20 calls a minute. */
const MS_A_CALL = 3_000;
const NEVER: ReadingState = { wholeAt: 0, everyMs: SHORTEST_MS, until: 0 };

/** Throws when the database cannot be reached. `now` is epoch milliseconds everywhere. */
export function createAgentStandings(db: Database) {
  return {
    /** Notes who was asked for, and gives what is known of them and of all others asked for lately. */
    async load(
      asked: readonly number[],
      now: number,
    ): Promise<{ standings: Map<number, Standing>; state: ReadingState }> {
      const askedAt = new Date(now);
      if (asked.length > 0)
        await db
          .insert(agentStandings)
          .values(asked.map((id) => ({ id, askedAt })))
          .onConflictDoUpdate({ target: agentStandings.id, set: { askedAt } });
      const [rows, [row]] = await Promise.all([
        db
          .select()
          .from(agentStandings)
          .where(gte(agentStandings.askedAt, new Date(now - WATCHED_MS))),
        db.select().from(settings).where(eq(settings.key, KEY)),
      ]);
      const standings = new Map<number, Standing>();
      for (const { id, standing, readAt } of rows)
        if (readAt !== null) standings.set(id, { agent: standing as ZendeskAgent | null, readAt: readAt.getTime() });
      return { standings, state: (row?.value as ReadingState | undefined) ?? NEVER };
    },

    /** Null: another process reads already. */
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

    /** Who is to be read when everybody is. */
    async everybody(now: number): Promise<number[]> {
      const ours = sql`${people.role} <> 'end-user' AND ${people.staffUntil} IS NULL`;
      const watched = db
        .select({ id: agentStandings.id })
        .from(agentStandings)
        .where(gte(agentStandings.askedAt, new Date(now - WATCHED_MS)));
      const all = db
        .select({ id: people.id })
        .from(people)
        .where(sql`${ours} AND (SELECT count(*) FROM ${people} WHERE ${ours}) <= ${WHOLE_ACCOUNT}`);
      return (await watched.union(all)).map(({ id }) => id);
    },

    /** Saves a reading of `ids` that began at `readAt`; who is not among `agents` is not in Zendesk. */
    async save(ids: readonly number[], agents: readonly ZendeskAgent[], readAt: number): Promise<void> {
      const byId = new Map(agents.map((agent) => [agent.id, agent]));
      const rows = ids.map((id) => ({ id, standing: byId.get(id) ?? null, readAt: new Date(readAt) }));
      await db
        .insert(agentStandings)
        .values(rows)
        .onConflictDoUpdate({
          target: agentStandings.id,
          set: { standing: sql`excluded.standing`, readAt: sql`excluded.read_at` },
          setWhere: sql`${agentStandings.readAt} IS NULL OR ${agentStandings.readAt} < excluded.read_at`,
        });
    },

    /** Lets others read again. `whole`: the reading that was of everybody. */
    async endTurn(whole: { agents: readonly ZendeskAgent[]; readAt: number } | null): Promise<void> {
      const state: Partial<ReadingState> = { until: 0 };
      if (whole) {
        Object.assign(state, { wholeAt: whole.readAt, everyMs: intervalOf(whole.agents) });
        const forgotten = new Date(whole.readAt - FORGOTTEN_MS);
        await db.delete(agentStandings).where(lt(agentStandings.readAt, forgotten));
      }
      await db
        .update(settings)
        .set({ value: sql`${settings.value} || ${JSON.stringify(state)}::jsonb` })
        .where(eq(settings.key, KEY));
    },
  };
}

/** So long that reading these agents costs 20 calls a minute at most, but never so long that a suspended agent stays in for two minutes. */
function intervalOf(agents: readonly ZendeskAgent[]): number {
  const memberships = agents.reduce((sum, agent) => sum + agent.group_ids.length, 0);
  const calls = Math.ceil(agents.length / 100) + Math.ceil(memberships / 100) + 1;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, calls * MS_A_CALL));
}
