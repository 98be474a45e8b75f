// Computes the limits that the policy sets: when a reply is due, and how much may be refunded.
import { addDuration, type BusinessCalendar, type Policy, toMinorUnits } from '@deskwright/shared';

interface ReplyTarget {
  readonly kind: 'first_reply' | 'next_reply';
  readonly within: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly because: string | null;
}

export interface AwaitingReply {
  readonly tier: string | null;
  readonly priority: string | null;
  /** Zendesk's `via.channel`. */
  readonly via: string | null;
  /** Whether an agent has ever replied in public. */
  readonly answered: boolean;
  /** Epoch milliseconds. */
  readonly waitingSince: number;
}

/** The first target that matches the ticket counts, alone: null when none matches or it sets no time for this reply. */
export function replyTarget(
  targets: Policy['targets'],
  { waitingSince, ...ticket }: AwaitingReply,
  calendar: BusinessCalendar,
): ReplyTarget | null {
  const target = targetFor(targets, ticket);
  return target && { ...target, dueAt: addDuration(waitingSince, target.within, calendar) };
}

/** The target itself, whenever the customer began to wait. */
export function targetFor(
  targets: Policy['targets'],
  { tier, priority, via, answered }: Omit<AwaitingReply, 'waitingSince'>,
): Omit<ReplyTarget, 'dueAt'> | null {
  const fits = (wanted: string | undefined, is: string | null): boolean => wanted === undefined || wanted === is;
  const line = targets.find(
    (target) => fits(target.tier, tier) && fits(target.priority, priority) && fits(target.channel, via),
  );
  const kind = answered ? 'next_reply' : 'first_reply';
  const within = line?.[kind];
  return line === undefined || within === undefined ? null : { kind, within, because: line.because ?? null };
}

type Refunds = NonNullable<Policy['refunds']>;

/** Amounts in minor units of the policy's currency. */
interface RefundLimit {
  readonly perRefund: number;
  readonly perDay: number;
  /** What remains of `perDay`; never negative, even after the policy lowered the limit. */
  readonly leftToday: number;
  readonly upTo: number;
  readonly because:
    | { readonly by: 'agent'; readonly name?: string }
    | { readonly by: 'tier'; readonly tier: string }
    | { readonly by: 'default' };
}

interface RefundingAgent {
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
  if (own > 0) return { by: 'agent', ...(line?.name === undefined ? {} : { name: line.name }) };
  return line?.tier === undefined ? { by: 'default' } : { by: 'tier', tier: line.tier };
}
