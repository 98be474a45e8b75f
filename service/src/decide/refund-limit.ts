// Computes what an agent may refund on a day, before a payment is known.
import { toMinorUnits } from '@deskwright/shared';
import { decideRefund } from './refund-decision.ts';
import { inMinorUnits, isShare, type RefundBecause, type RefundingAgent, type Refunds } from './refund-line.ts';

/** Amounts in minor units of the policy's currency. */
export interface RefundLimit {
  /** Where it is a share of the payment (`share`), `perDay`: more it never is. */
  readonly perRefund: number;
  readonly perDay: number;
  /** `15%` of the payment. Null: the limit is an amount. */
  readonly share: string | null;
  /** Whether it depends on the payment. */
  readonly needsPayment: boolean;
  /** What remains of `perDay`; never negative, even after the policy lowered the limit. */
  readonly leftToday: number;
  readonly upTo: number;
  readonly because: RefundBecause;
}

interface Asking extends RefundingAgent {
  /** The ticket's. Left out: of a category for which no limit is written. */
  readonly category?: string | null;
  /** Minor units. */
  readonly usedToday: number;
}

/** The limits of `decideRefund` that need no payment, customer or ticket. An agent without any limit may refund nothing. */
export function refundLimit(refunds: Refunds, { category = null, usedToday, ...agent }: Asking): RefundLimit {
  const { currency } = refunds;
  const { line, because } = decideRefund(refunds, {
    amount: 0,
    currency,
    agent,
    category,
    payment: null,
    today: '1970-01-01',
    used: { today: usedToday, customer: [], ticket: 0 },
    isVerified: true,
    isSameAgain: false,
    isConfirmed: false,
  });
  const own = line === null ? undefined : refunds.limits[line];
  const perDay = own === undefined ? 0 : toMinorUnits(own.per_agent_per_day, currency);
  const perRefund = own === undefined ? 0 : (inMinorUnits(own.per_refund, currency, null) ?? perDay);
  const leftToday = Math.max(0, perDay - usedToday);
  const needsPayment = [own?.per_refund, own?.per_ticket, own?.per_customer?.amount].some(
    (limit) => limit !== undefined && isShare(limit),
  );
  const share = own !== undefined && isShare(own.per_refund) ? own.per_refund : null;
  return {
    perRefund,
    perDay,
    share,
    needsPayment: needsPayment || own?.days_since_payment !== undefined,
    leftToday,
    upTo: Math.min(perRefund, leftToday),
    because,
  };
}
