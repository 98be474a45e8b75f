// Decides whether a refund on a ticket of a file would be allowed, by the payment given in the file.
import { type Decision, localDate, type Policy, toMinorUnits } from '@deskwright/shared';
import { decideRefund } from '../../decide/refund-decision.ts';
import type { TicketInFile } from '../../past-tickets/index.ts';
import { describeRefund, refundToJson } from './describe-refund.ts';
import { checkTiers, type RefundAsked, readAmount } from './refund-asked.ts';

/**
 * The payment stands in the columns (keys of JSON) `paid`, `refunded` and `paid_on`. Nothing else is known: nothing was refunded before, and the
 * customer is not verified. Without `--tier` the agent is of the ticket's tier.
 * @throws Error when something of it is no amount or day, or the policy has no refunds
 */
export function refundOfFile(
  asked: RefundAsked,
  policy: Policy,
  { row, column }: TicketInFile,
  { category, tier }: Decision,
  now: number,
) {
  const { refunds } = policy;
  if (refunds === undefined) throw new Error('The policy has no refunds, so nobody may refund anything.');
  checkTiers(policy, asked.tiers);
  const amount = readAmount(asked, refunds);
  const today = localDate(now, policy.time_zone);
  const email = asked.agent.includes('@') ? asked.agent.toLowerCase() : null;
  const minor = (name: string, written: string): number => {
    try {
      return toMinorUnits(written, amount.currency);
    } catch {
      throw new Error(`Row ${row}: ${name} "${written}" is not an amount of ${amount.currency}.`);
    }
  };
  const paid = column('paid');
  const paidOn = column('paid_on') ?? today;
  if (!/^\d{4}-\d\d-\d\d$/.test(paidOn))
    throw new Error(`Row ${row}: paid_on "${paidOn}" is not a day; write 2026-11-30.`);
  const decision = decideRefund(refunds, {
    amount: amount.minor,
    currency: amount.currency,
    agent: { email, tiers: asked.tiers ?? [tier.value], role: asked.role ?? 'agent' },
    category: category.value,
    payment:
      paid === null
        ? null
        : {
            paid: minor('paid', paid),
            refunded: minor('refunded', column('refunded') ?? '0'),
            currency: amount.currency,
            paidOn,
            isDisputed: false,
          },
    today,
    used: { today: 0, customer: [], ticket: 0 },
    isVerified: false,
    isSameAgain: false,
    isConfirmed: false,
  });
  return { told: refundToJson(decision, amount), lines: describeRefund(decision, refunds.currency) };
}
