// How does an agent's standing in Zendesk reach us without asking for it at every click?

import type { Logger } from '../../platform/logging/logger.ts';
import { PATIENCE_MS, withinPatience } from '../../zendesk/within-patience.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { type AgentJudgement, agentFromZendesk } from './agent-from-zendesk.ts';

type FoundAgent = AgentJudgement | { kind: 'away' };
/** `fresh` asks Zendesk whatever is known already. Throws nothing that Zendesk is to blame for. */
export type FindAgent = (id: number, options?: { fresh?: boolean }) => Promise<FoundAgent>;

export interface FindAgentDeps {
  zendesk: Pick<Zendesk, 'showAgent'>;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'warn'>;
  /** How long an agent waits for Zendesk before an older copy serves. */
  patienceMs?: number;
}

/** An agent who was suspended or moved to other groups is treated so after at most this long. */
const FRESH_MS = 60_000;
/** While Zendesk is away, agents go on working with what it said last, but not for ever. */
const USABLE_MS = 600_000;
/** Of one account's agents the copies take next to nothing; the bound is against ids made up by whoever holds a key. */
const MOST_COPIES = 5_000;

export function createFindAgent({ zendesk, clock, logger, patienceMs = PATIENCE_MS }: FindAgentDeps): FindAgent {
  const copies = new Map<number, { judgement: AgentJudgement; readAt: number }>();
  const pending = new Map<number, Promise<AgentJudgement | null>>();

  /** Null: Zendesk did not tell. */
  async function read(id: number): Promise<AgentJudgement | null> {
    try {
      const judgement = agentFromZendesk(await zendesk.showAgent(id));
      copies.delete(id);
      copies.set(id, { judgement, readAt: clock() });
      const [oldest] = copies.keys();
      if (copies.size > MOST_COPIES && oldest !== undefined) copies.delete(oldest);
      return judgement;
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error;
      logger.warn({ agentId: id, err: error.message }, 'Zendesk does not tell who an agent is');
      return null;
    }
  }

  function ask(id: number): Promise<AgentJudgement | null> {
    const asked =
      pending.get(id) ??
      read(id).finally(() => {
        pending.delete(id);
      });
    pending.set(id, asked);
    return asked;
  }

  return async (id, { fresh = false } = {}) => {
    const copy = copies.get(id);
    if (copy && !fresh && clock() - copy.readAt < FRESH_MS) return copy.judgement;
    const judgement = await withinPatience(ask(id), patienceMs);
    if (judgement) return judgement;
    return copy && clock() - copy.readAt < USABLE_MS ? copy.judgement : { kind: 'away' };
  };
}
