// Decides about one refund: who may make it alone, up to how much, and what else it needs.
import { addDays, type RefundRule, type RefundVerdict } from '@deskwright/shared';
import {
  allowsNone,
  becauseOf,
  describeLine,
  inMinorUnits,
  isShare,
  linesFor,
  type RefundBecause,
  type RefundingAgent,
  type RefundLine,
  type Refunds,
} from './refund-line.ts';

/** All amounts in minor units of `currency`. */
export interface AskingForRefund {
  readonly amount: number;
  readonly currency: string;
  readonly agent: RefundingAgent;
  /** The ticket's. */
  readonly category: string | null;
  /** Null: it was not entered, so that no rule about it can be kept. */
  readonly payment: {
    readonly paid: number;
    /** Refunded or reserved before, by whomever. */
    readonly refunded: number;
    readonly currency: string;
    /** `2026-11-27` in the policy's time zone. */
    readonly paidOn: string;
    readonly isDisputed: boolean;
  } | null;
  /** The day in the policy's time zone. */
  readonly today: string;
  readonly used: {
    /** By this agent. */
    readonly today: number;
    /** By all agents for this customer; a day may occur several times. */
    readonly customer: readonly { readonly day: string; readonly amount: number }[];
    readonly ticket: number;
  };
  /** Of a refund by hand: whether the dispute of any payment that was found for the ticket and its customer is open. Left out: none is known. */
  readonly isAnyDisputed?: boolean;
  /** As before, whether any was lost: which payment is refunded must then be known, as the bank has paid that one back. */
  readonly isAnyLost?: boolean;
  readonly isVerified: boolean;
  /** Whether the same amount was refunded on the same ticket or payment before. */
  readonly isSameAgain: boolean;
  /** Whether the agent said that this is meant. */
  readonly isConfirmed: boolean;
  /** For an approver whom the policy names: only what no approval can change is checked. */
  readonly isUnlimited?: boolean;
}

export interface RefundCheck {
  readonly rule: RefundRule;
  /** The limit before anything was used of it; null where there is none, or it cannot be known without the payment. */
  readonly limit: number | null;
  /** The most that this rule alone allows now, never negative; null: any amount. */
  readonly allows: number | null;
  readonly passed: boolean;
}

export interface RefundDecision {
  readonly verdict: RefundVerdict;
  /** The most that this agent may refund now without anybody's approval. */
  readonly upTo: number;
  /** For the books and for people: the part of the policy that allows it, or the rule that does not. */
  readonly rule: string;
  /** Of the rules that apply, in the order in which they decide. */
  readonly checks: readonly RefundCheck[];
  readonly because: RefundBecause;
  /** The entry of `refunds.limits`, from 0; null: none is for this agent. */
  readonly line: number | null;
}

const LIMITS: ReadonlySet<RefundRule> = new Set([
  'per_refund',
  'per_agent_per_day',
  'per_customer',
  'per_ticket',
  'days_since_payment',
]);

/** Of several lines that apply, the one that allows most counts. */
export function decideRefund(refunds: Refunds, asking: AskingForRefund): RefundDecision {
  const lines = asking.isUnlimited ? [] : linesFor(refunds, asking.agent, asking.category);
  const judged = (lines.length > 0 ? lines : [null]).map((line) => ({ line, ...judge(refunds, asking, line) }));
  const limitOf = (checks: readonly RefundCheck[], rule: RefundRule) =>
    checks.find((check) => check.rule === rule)?.limit ?? 0;
  const [best] = judged.toSorted(
    (a, b) =>
      b.upTo - a.upTo ||
      limitOf(b.checks, 'per_refund') - limitOf(a.checks, 'per_refund') ||
      limitOf(b.checks, 'per_agent_per_day') - limitOf(a.checks, 'per_agent_per_day'),
  );
  if (best === undefined) throw new Error('one line is always judged');
  const { line, checks, upTo } = best;
  const failed = checks.find(({ passed }) => !passed);
  const by = asking.isUnlimited ? 'refunds.approve_above_limit' : describeLine(line);
  return {
    verdict: failed === undefined ? 'allowed' : verdictOf(failed.rule, refunds),
    upTo,
    rule: failed === undefined ? by : LIMITS.has(failed.rule) ? `${by}: ${failed.rule}` : failed.rule,
    checks,
    because: becauseOf(line),
    line: line === null ? null : refunds.limits.indexOf(line),
  };
}

/** Whether the policy names anybody who approves. */
export const hasApprovers = ({ approve_above_limit, approvals }: Refunds): boolean =>
  [approve_above_limit, approvals.tiers, approvals.escalate_to].some((who) => who.length > 0);

function verdictOf(rule: RefundRule, refunds: Refunds): RefundDecision['verdict'] {
  if (rule === 'needs_verified_customer_above') return 'needs_verification';
  if (rule === 'same_again') return 'needs_confirmation';
  return LIMITS.has(rule) && hasApprovers(refunds) ? 'needs_approval' : 'refused';
}

function judge(refunds: Refunds, asking: AskingForRefund, line: RefundLine | null) {
  const { amount, payment, isVerified } = asking;
  const yesOrNo = (rule: RefundRule, passed: boolean): RefundCheck => ({
    rule,
    limit: null,
    allows: passed ? null : 0,
    passed,
  });
  const atMost = (rule: RefundRule, limit: number | null, allows: number | null): RefundCheck => {
    const left = allows === null ? null : Math.max(0, allows);
    return { rule, limit, allows: left, passed: left === null || amount <= left };
  };
  const unknown = refunds.needs_payment || asking.isAnyLost === true ? 0 : null;
  const left = payment === null ? unknown : payment.paid - payment.refunded;
  const checks = [
    ...(asking.isUnlimited ? [] : [yesOrNo('may_refund', !allowsNone(line))]),
    yesOrNo(
      'currency',
      [asking.currency, payment?.currency ?? asking.currency].every((one) => one === refunds.currency),
    ),
    atMost('payment', payment?.paid ?? null, left),
    yesOrNo('dispute', payment?.isDisputed !== true && asking.isAnyDisputed !== true),
    ...(line === null
      ? []
      : limitsOf(line, refunds.currency, asking).map(([rule, limit, most]) => atMost(rule, limit, most))),
  ];
  const upTo = Math.min(...checks.map(({ allows }) => allows ?? Number.MAX_SAFE_INTEGER));
  const verifyAbove = refunds.needs_verified_customer_above;
  const unverified = verifyAbove === undefined ? null : inMinorUnits(verifyAbove, refunds.currency, null);
  // In parts, nobody gets more without it either.
  const before = payment?.refunded ?? usedSince(asking.today, asking.used);
  const steps = [
    atMost('needs_verified_customer_above', unverified, isVerified || unverified === null ? null : unverified - before),
    { ...yesOrNo('same_again', !asking.isSameAgain || asking.isConfirmed), allows: null },
  ];
  return { checks: [...checks, ...steps], upTo };
}

/** For the customer, minor units. */
const usedSince = (since: string, { customer }: Pick<AskingForRefund['used'], 'customer'>): number =>
  customer.reduce((sum, { day, amount }) => (day >= since ? sum + amount : sum), 0);

/** Each rule of the line, its limit, and what it still allows. */
function limitsOf(
  line: RefundLine,
  currency: string,
  { payment, today, used }: AskingForRefund,
): (readonly [rule: RefundRule, limit: number | null, allows: number | null])[] {
  const size = (limit: string | number) => inMinorUnits(limit, currency, payment?.paid ?? null);
  const less = (rule: RefundRule, limit: string | number, usedOfIt: number) => {
    const all = size(limit);
    // Without the payment a share of it cannot be kept, so it allows nothing.
    return [rule, all, all === null ? 0 : all - usedOfIt] as const;
  };
  const { per_refund: one, per_agent_per_day: day, per_customer: customer, per_ticket: ticket } = line;
  const within = line.days_since_payment;
  const customerUsed = customer === undefined ? 0 : usedSince(addDays(today, 1 - customer.days), used);
  const isInTime = within === undefined || (payment !== null && today <= addDays(payment.paidOn, within));
  return [
    // In parts, a payment cannot be refunded beyond its share either.
    less('per_refund', one, isShare(one) ? (payment?.refunded ?? 0) : 0),
    less('per_agent_per_day', day, used.today),
    ...(customer === undefined ? [] : [less('per_customer', customer.amount, customerUsed)]),
    ...(ticket === undefined ? [] : [less('per_ticket', ticket, used.ticket)]),
    ...(within === undefined ? [] : [['days_since_payment', null, isInTime ? null : 0] as const]),
  ];
}
