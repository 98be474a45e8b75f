// Computes what an agent may refund today: the policy's limit for them, less what they have refunded on the same day.
import type { Policy } from '@deskwright/shared';
import { refundLimit } from '../decide/limits.ts';
import type { Directory } from '../directory/directory.ts';
import type { Agent } from './identity/agent.ts';

/** The longest local day, including clock changes: refunds of the day of `now` were granted within this of it. */
export const LONGEST_DAY_MS = 48 * 3_600_000;

interface Granted {
  /** Minor units. */
  readonly amount: number;
  readonly at: Date;
}

interface AgentLimit extends ReturnType<typeof refundLimit> {
  /** Minor units. */
  readonly usedToday: number;
  /** The first of the policy's tiers that the agent is in. */
  readonly tier: Policy['tiers'][number] | undefined;
}

interface Asking {
  readonly policy: Policy;
  /** Null while Zendesk has not answered yet. */
  readonly directory: Pick<Directory, 'groupId'> | null;
  readonly agent: Pick<Agent, 'email' | 'groupIds'>;
  /** The agent's refunds around today, in the policy's currency, without those undone. */
  readonly granted: readonly Granted[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Null: the policy does not configure refunds, or the agent has no known limit while the group of a tier that has one is unknown, which
 * may be theirs: no limit is better than a wrong "nothing".
 */
export function limitOfAgent({ policy, directory, agent, granted, now }: Asking): AgentLimit | null {
  const { refunds } = policy;
  if (refunds === undefined) return null;
  const usedToday = usedOnDay(granted, now, policy.time_zone);
  const groups = new Map(policy.tiers.map(({ id, group }) => [id, directory?.groupId(group) ?? null]));
  const tiers = policy.tiers.filter(({ id }) => agent.groupIds.includes(groups.get(id) ?? Number.NaN));
  const limit = refundLimit(refunds, { email: agent.email, tiers: tiers.map(({ id }) => id), usedToday });
  const mayBeTheirs = refunds.limits.some(({ tier }) => tier !== undefined && groups.get(tier) === null);
  if (limit.because.by === 'default' && mayBeTheirs) return null;
  return { ...limit, usedToday, tier: tiers[0] };
}

function usedOnDay(granted: readonly Granted[], now: number, timeZone: string): number {
  return granted.reduce((sum, { amount, at }) => (isSameDay(at.getTime(), now, timeZone) ? sum + amount : sum), 0);
}

/** Creating a formatter takes longer than formatting all refunds of a day. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether two times (epoch milliseconds) are on the same local day. */
export function isSameDay(one: number, other: number, timeZone: string): boolean {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(one) === format.format(other);
}
