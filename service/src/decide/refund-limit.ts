// Computes how much an agent may refund now.
import { type Policy, toMinorUnits } from '@deskwright/shared';

type Refunds = NonNullable<Policy['refunds']>;

/** Amounts in minor units of the policy's currency. */
export interface RefundLimit {
  readonly perRefund: number;
  readonly perDay: number;
  /** What remains of `perDay`; never negative, even after the policy lowered the limit. */
  readonly leftToday: number;
  readonly upTo: number;
  readonly because:
    | { readonly by: 'agent' }
    | { readonly by: 'tier'; readonly tier: string }
    | { readonly by: 'default' };
}

export interface RefundingAgent {
  readonly email: string | null;
  /** Tiers whose group the agent belongs to. */
  readonly tiers: readonly string[];
  /** Minor units. */
  readonly usedToday: number;
}

/**
 * Limits for the agent by name override those of tiers; of several, the one with the highest single refund counts, then
 * the highest daily amount. An agent without any limit may refund nothing.
 */
export function refundLimit({ limits, currency }: Refunds, { email, tiers, usedToday }: RefundingAgent): RefundLimit {
  const address = email?.toLowerCase() ?? null;
  const lines = limits.map((line) => ({
    line,
    perRefund: toMinorUnits(line.per_refund, currency),
    perDay: toMinorUnits(line.per_agent_per_day, currency),
  }));
  const own = lines.filter(({ line }) => line.agents?.some((one) => one.toLowerCase() === address));
  const tiersOwn = lines.filter(({ line }) => line.tier !== undefined && tiers.includes(line.tier));
  const [best] = (own.length > 0 ? own : tiersOwn).toSorted((a, b) => b.perRefund - a.perRefund || b.perDay - a.perDay);
  const { perRefund, perDay } = best ?? { perRefund: 0, perDay: 0 };
  const leftToday = Math.max(0, perDay - usedToday);
  return {
    perRefund,
    perDay,
    leftToday,
    upTo: Math.min(perRefund, leftToday),
    because: because(best?.line, own.length),
  };
}

function because(line: Refunds['limits'][number] | undefined, own: number): RefundLimit['because'] {
  if (own > 0) return { by: 'agent' };
  return line?.tier === undefined ? { by: 'default' } : { by: 'tier', tier: line.tier };
}
