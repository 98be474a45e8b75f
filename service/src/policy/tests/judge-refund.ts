// Compares what a test of the policy expects of a refund with what is decided.
import { addDays, type Decision, localDate, type Policy, toMinorUnits } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import { type AskingForRefund, decideRefund, type RefundDecision } from '../../decide/refund-decision.ts';
import { refundLimit } from '../../decide/refund-limit.ts';
import { type Difference, type Judged, NOW, type PolicyTest } from './given-facts.ts';

type RefundKey = 'refund_limit' | 'refund' | 'refund_rule';

export function judgeRefund(key: RefundKey, expected: string | number, judged: Judged): Difference | null {
  const { policy, test, decision } = judged;
  const { refunds } = policy;
  if (refunds === undefined) throw new Error('The policy has no refunds; the policy loader refuses such a test');
  const { currency } = refunds;
  const asking = askedBy(test.given, decision, policy, currency);
  const decided = decideRefund(refunds, asking);
  const failed = decided.checks.find(({ passed }) => !passed)?.rule ?? 'none';
  const because = () => explain(decided, asking, refunds);
  switch (key) {
    case 'refund_limit': {
      const wanted = toMinorUnits(expected, currency);
      // Before a payment is known, the sidebar shows what the agent may refund of any.
      const { agent, category, used } = asking;
      const before = refundLimit(refunds, { ...agent, category, usedToday: used.today });
      const got = asking.payment === null ? Math.min(before.upTo, leftWithout(decided)) : decided.upTo;
      const shown = (minor: number) => formatMoney('en-US', { minor, currency });
      return got === wanted ? null : { key, expected: shown(wanted), got: shown(got), because: because() };
    }
    case 'refund':
      return isAnswer(decided, asking, expected)
        ? null
        : { key, expected: String(expected), got: decided.verdict, because: because() };
    case 'refund_rule':
      return failed === expected ? null : { key, expected: String(expected), got: failed, because: because() };
  }
}

/** What the limits of customer and ticket still allow, which no payment changes unless they are a share of it. */
function leftWithout({ checks }: RefundDecision): number {
  const kept = checks.filter(({ rule, limit }) => (rule === 'per_customer' || rule === 'per_ticket') && limit !== null);
  return Math.min(Number.MAX_SAFE_INTEGER, ...kept.map(({ allows }) => allows ?? Number.MAX_SAFE_INTEGER));
}

/** What the test gives, as the service would ask. */
export function askedBy(
  given: PolicyTest['given'],
  { category, tier }: Decision,
  { time_zone: timeZone }: Policy,
  currency: string,
): AskingForRefund {
  const minor = (amount: string | number | undefined) => toMinorUnits(amount ?? 0, currency);
  const today = localDate(NOW, timeZone);
  const { payment } = given;
  return {
    amount: minor(given.refund),
    currency,
    agent: {
      email: given.agent ?? null,
      tiers: [given.agent_tier ?? tier.value],
      role: given.agent_role ?? 'agent',
    },
    category: category.value,
    payment:
      payment === undefined
        ? null
        : {
            paid: minor(payment.paid),
            refunded: minor(payment.refunded),
            currency,
            paidOn: addDays(today, -(payment.days_ago ?? 0)),
            isDisputed: payment.disputed ?? false,
          },
    today,
    used: {
      today: minor(given.refunded_today),
      customer: [{ day: today, amount: minor(given.refunded_to_customer) }],
      ticket: minor(given.refunded_on_ticket),
    },
    isVerified: given.customer_verified ?? false,
    isSameAgain: given.same_refund_before ?? false,
    isConfirmed: false,
  };
}

function isAnswer({ verdict, upTo }: RefundDecision, { amount }: AskingForRefund, expected: string | number): boolean {
  switch (expected) {
    case 'above_limit':
      return amount > upTo;
    case 'needs_verified_customer':
      return verdict === 'needs_verification';
    default:
      return verdict === expected;
  }
}

/** `refunds.limits of tier t1: per_refund decides it; at most per_refund $50, per_agent_per_day $150 of $200`. */
function explain(
  { rule, checks }: RefundDecision,
  { agent }: AskingForRefund,
  refunds: NonNullable<Policy['refunds']>,
) {
  const money = (minor: number) => formatMoney('en-US', { minor, currency: refunds.currency });
  const limits = checks.flatMap(({ rule: name, limit, allows }) =>
    allows === null || limit === null
      ? []
      : [`${name} ${money(allows)}${limit === allows ? '' : ` of ${money(limit)}`}`],
  );
  const who = agent.email ?? `an agent of tier ${agent.tiers.join(', ')}`;
  const isAllowed = checks.every(({ passed }) => passed);
  const decides =
    rule === 'may_refund' ? `${who} may refund nothing` : `${rule} ${isAllowed ? 'allows' : 'decides'} it`;
  return [decides, ...(limits.length === 0 ? [] : [`at most ${limits.join(', ')}`])].join('; ');
}
