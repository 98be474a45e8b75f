// Computes what an agent may refund today: the policy's limit for them, less what they have refunded on the same day.
import type { Policy } from '@deskwright/shared';
import { refundLimit } from '../decide/refund-limit.ts';
import type { Directory } from '../directory/directory.ts';
import type { Agent } from '../sidebar/index.ts';

interface AgentLimit extends ReturnType<typeof refundLimit> {
  /** The first of the policy's tiers that the agent is in. */
  readonly tier: Policy['tiers'][number] | undefined;
}

interface Asking {
  readonly policy: Policy;
  /** Null while Zendesk has not answered yet. */
  readonly directory: Pick<Directory, 'groupId'> | null;
  readonly agent: Pick<Agent, 'email' | 'groupIds' | 'role'>;
  /** By the ledger, in minor units of the policy's currency. */
  readonly usedToday: number;
  /** The ticket's. */
  readonly category: string | null;
}

/**
 * Null: the policy does not configure refunds, or the agent has no known limit while the group of a tier that has one is unknown, which
 * may be theirs: no limit is better than a wrong "nothing".
 */
export function limitOfAgent({ policy, directory, agent, usedToday, category }: Asking): AgentLimit | null {
  const { refunds } = policy;
  if (refunds === undefined) return null;
  const tiers = tiersOf(policy, directory, agent);
  const { email, role } = agent;
  const limit = refundLimit(refunds, { email, role, tiers, usedToday, category });
  const isUnknown = (tier: string) =>
    policy.tiers.some(({ id, group }) => id === tier && (directory?.groupId(group) ?? null) === null);
  const mayBeTheirs = refunds.limits.some(({ tier }) => tier !== undefined && isUnknown(tier));
  if (limit.because.by === 'default' && mayBeTheirs) return null;
  return { ...limit, tier: policy.tiers.find(({ id }) => id === tiers[0]) };
}

/** Ids of the tiers whose group the agent is in, as far as the groups are known. */
export function tiersOf(
  { tiers }: Pick<Policy, 'tiers'>,
  directory: Pick<Directory, 'groupId'> | null,
  { groupIds }: Pick<Agent, 'groupIds'>,
): string[] {
  const isIn = (group: string) => groupIds.includes(directory?.groupId(group) ?? Number.NaN);
  return tiers.flatMap(({ id, group }) => (isIn(group) ? [id] : []));
}
