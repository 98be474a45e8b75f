// Determines whether a user is an agent, and their permissions, without calling Zendesk for every request.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { type Zendesk, type ZendeskAgent, ZendeskError } from '../../zendesk/zendesk.ts';
import { type AgentJudgement, agentFromZendesk } from './agent.ts';
import { createAgentStore, type ReadingState, type StoredAgent } from './agent-store.ts';

type FoundAgent = AgentJudgement | { kind: 'unavailable' };
/** Does not throw for failures of Zendesk; throws when the database cannot be reached. */
export type FindAgent = (id: number) => Promise<FoundAgent>;

export interface FindAgentDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'showAgents'>;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'warn'>;
  /** How long an agent waits for Zendesk before an older copy is used. */
  maxWaitMs?: number;
  /** The same when the copy has only just expired. */
  briefWaitMs?: number;
}

const BRIEF_WAIT_MS = 250;
/** An older copy is used only while Zendesk does not answer: lost permissions take effect well within two minutes. */
const OLD_MS = 100_000;
/** While Zendesk is unavailable, agents keep their last known permissions for a limited time. */
const USABLE_MS = 600_000;
/** Between two checks of another process's read. */
const LOOK_AGAIN_MS = 100;

/**
 * All agents with an open sidebar are read at once, by whichever process finds the last read expired (after 60 to 90 seconds); others
 * are read on request.
 */
export function createFindAgent(deps: FindAgentDeps): FindAgent {
  const { db, zendesk, clock, logger, maxWaitMs = MAX_WAIT_MS, briefWaitMs = BRIEF_WAIT_MS } = deps;
  const store = createAgentStore(db);
  const copies = new Map<number, { judgement: AgentJudgement; readAt: number }>();
  /** When this process last read the database. */
  const asked = new Set<number>();
  let everyMs = 0;
  let looking: Promise<void> | null = null;

  const age = (id: number): number => clock() - (copies.get(id)?.readAt ?? Number.NEGATIVE_INFINITY);
  const isFresh = (id: number): boolean => age(id) < everyMs;

  function keep(id: number, { agent, readAt }: StoredAgent): void {
    copies.set(id, { judgement: agentFromZendesk(agent), readAt });
  }

  /** Loads copies from the database, and has expired ones read from Zendesk, by this process or another. */
  async function look(): Promise<void> {
    const ids = [...asked];
    asked.clear();
    for (;;) {
      const known = await store.load(ids, clock());
      everyMs = known.state.everyMs;
      copies.clear();
      for (const [id, stored] of known.agents) keep(id, stored);
      const missing = ids.filter((id) => !isFresh(id));
      if (missing.length === 0) return;
      const turn = await store.takeTurn(clock());
      if (turn?.wholeAt === known.state.wholeAt) return read(missing, turn);
      // Another process is reading, or has read since our check.
      if (turn) await store.endTurn(null);
      else await pause(LOOK_AGAIN_MS);
    }
  }

  async function read(missing: readonly number[], turn: ReadingState): Promise<void> {
    const readAt = clock();
    const isWhole = readAt - turn.wholeAt >= turn.everyMs;
    let whole: { agents: readonly ZendeskAgent[]; readAt: number } | null = null;
    try {
      const ids = isWhole ? [...new Set([...missing, ...(await store.agentsToRead(readAt))])] : missing;
      const agents = await zendesk.showAgents(ids);
      await store.save(ids, agents, readAt);
      const byId = new Map(agents.map((agent) => [agent.id, agent]));
      for (const id of ids) keep(id, { agent: byId.get(id) ?? null, readAt });
      if (isWhole) whole = { agents, readAt };
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error;
      logger.warn(aboutError(error), 'Could not read the agents from Zendesk');
    } finally {
      await store.endTurn(whole);
    }
  }

  async function ask(id: number): Promise<AgentJudgement | null> {
    // A read that started before our request does not include it.
    await looking;
    if (!isFresh(id))
      await (looking ??= look().finally(() => {
        looking = null;
      }));
    return isFresh(id) ? (copies.get(id)?.judgement ?? null) : null;
  }

  return async (id) => {
    asked.add(id);
    const copy = copies.get(id);
    if (copy && isFresh(id)) return copy.judgement;
    const judgement = await withTimeLimit(ask(id), age(id) < OLD_MS ? briefWaitMs : maxWaitMs);
    if (judgement) return judgement;
    return copy && clock() - copy.readAt < USABLE_MS ? copy.judgement : { kind: 'unavailable' };
  };
}
