// Describes what was decided about a refund and by which rule, with every check.
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { RefundCheck, RefundDecision } from '../../decide/refund-decision.ts';

const VERDICTS: Readonly<Record<RefundDecision['verdict'], string>> = {
  allowed: 'Allowed',
  needs_approval: 'Not allowed without an approval',
  needs_verification: 'Not allowed before the customer is verified',
  needs_confirmation: 'Not allowed before the agent confirms that the same amount again is meant',
  refused: 'Refused',
};

/** `Allowed, by refunds.limits of tier t1. Without an approval: up to $50.`, and a line a check. */
export function describeRefund({ verdict, rule, upTo, checks }: RefundDecision, currency: string): string[] {
  const width = Math.max(0, ...checks.map(({ rule: one }) => one.length));
  return [
    `${VERDICTS[verdict]}, by ${rule}. Without an approval: ${most(upTo, currency)}.`,
    ...checks.map(({ rule: one, allows, limit, passed }: RefundCheck) =>
      `  ${passed ? 'passed' : 'FAILED'}  ${one.padEnd(width)}  ${allows === null ? '' : `${most(allows, currency)}${limit === null || limit === allows ? '' : ` of ${money(limit, currency)}`}`}`.trimEnd(),
    ),
  ];
}

/** For `--json`: amounts in minor units. */
export const refundToJson = ({ verdict, rule, upTo, checks, because, line }: RefundDecision, amount: Money) => ({
  verdict,
  rule,
  amount,
  upTo: { minor: upTo, currency: amount.currency },
  checks,
  because,
  line,
});

const money = (minor: number, currency: string): string => formatMoney('en-US', { minor, currency });
const most = (minor: number, currency: string): string =>
  minor === 0 ? 'nothing' : minor === Number.MAX_SAFE_INTEGER ? 'any amount' : `up to ${money(minor, currency)}`;
