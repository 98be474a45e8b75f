// Lets an agent refund a payment at the provider, within what the policy allows.
import { localDate } from '@deskwright/shared';
import type { RefundPayment } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { aName, aRequestId, aText, defineTool, type IsVerified, refuse } from '../../sidebar/index.ts';
import { type JudgedPayment, judgeRefund } from '../judge-refund.ts';
import { openLedger } from '../ledger/ledger.ts';
import { aMoney } from '../manual-payment.ts';
import { aReasonCode, readRefundReason } from '../refund-reason.ts';
import { refuseRefund } from '../refuse-refund.ts';
import { readStop } from '../stop.ts';
import { paymentRefunds } from '../tables.ts';
import { disputeStateOf, type FoundPayment, NOT_FOUND, readFoundPayment } from './found-payments.ts';
import { REFUND_PAYMENT } from './refund-payment-effect.ts';
import { startRefund } from './start-refund.ts';

/** Nothing in the request says where the money goes: it goes back to where the payment came from. */
const BODY = z.strictObject({
  payment: aName,
  amount: aMoney,
  reason: aText,
  reasonCode: aReasonCode.optional(),
  isConfirmed: z.boolean().optional(),
  requestId: aRequestId,
}) satisfies z.ZodType<RefundPayment>;

/** Decides, reserves and records the refund in one transaction. The same request sent again has no effect. */
export const refundPaymentWith = (isVerifiedOn: IsVerified) =>
  defineTool(isVerifiedOn, {
    name: 'refund_payment',
    path: '/payment-refunds',
    body: BODY,
    effect: REFUND_PAYMENT.name,
    findSent: async (tx, requestId) =>
      (await tx.select().from(paymentRefunds).where(eq(paymentRefunds.requestId, requestId)))[0],
    isSame: (sent, { payment, amount, reasonCode = null }) =>
      sent.payment === payment &&
      sent.amountMinor === amount.minor &&
      sent.currency === amount.currency &&
      sent.reasonCode === reasonCode,
    perform: async ({ tx, ticket, agent, policy, policyHash, directory, now, isCustomerVerified }, input) => {
      const { amount, requestId } = input;
      const why = readRefundReason(policy, input);
      if ('kind' in why) return why;
      if (amount.currency !== policy.refunds?.currency)
        return refuse('conflict', `The policy does not allow refunds in ${amount.currency}.`);
      // The note says by what the payment was found, so this is always asked; before the ledger is open, for which others wait.
      const isVerified = await isCustomerVerified();
      const ledger = await openLedger(tx);
      // Read after any wait for the ledger: a stop of the meantime holds.
      const stop = await readStop(tx);
      if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
      const found = await readFoundPayment(tx, ticket, input.payment);
      if (found === null) return NOT_FOUND;
      const timeZone = policy.time_zone;
      const payment = judged(found, timeZone);
      const decision = await judgeRefund(
        { tx, ledger, policy, directory, agent, ticket, now },
        {
          amount,
          payment,
          isVerified,
          isConfirmed: input.isConfirmed ?? false,
        },
      );
      const refused = refuseRefund(decision, amount.currency, payment);
      if (refused) return refused;
      return startRefund(tx, ledger, {
        requestId,
        ticket,
        agentId: agent.id,
        found,
        amount,
        isVerified,
        ...why,
        rule: decision.rule,
        policyHash,
        approvedBy: null,
        timeZone,
        now,
      });
    },
    audit: ({ payment, amount: { minor, currency } }) => ({ payment, amountMinor: minor, currency }),
  });

/** A payment at the provider as the rules see it. */
export function judged(found: FoundPayment, timeZone: string): JudgedPayment {
  return {
    name: found.payment,
    paid: { minor: found.amountMinor, currency: found.currency },
    paidOn: localDate(found.paidAt.getTime(), timeZone),
    dispute: disputeStateOf(found),
    isUnproven: found.matchedBy === 'ticket_field',
    refundedMinor: found.refundedMinor,
  };
}
