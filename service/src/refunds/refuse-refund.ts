// Turns a decision against a refund into the refusal that the agent sees.
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { RefundDecision } from '../decide/refund-decision.ts';
import { NEEDS_VERIFICATION, type Refused, refuse } from '../sidebar/index.ts';
import type { JudgedPayment } from './judge-refund.ts';

const UNPROVEN = refuse(
  'payment_unproven',
  'Only a field of the ticket names this payment, so verifying the customer does not show that it is theirs. Above the amount from which the policy asks for verification, refund a payment that is found by the customer’s address or profile.',
);
const NEEDS_CONFIRMATION = refuse(
  'needs_confirmation',
  'The same amount was refunded here before, by us or by the bank. Confirm that you want to refund it once more.',
);

const OTHER_DISPUTED = refuse(
  'other_disputed',
  'The customer disputes a payment that was found for this ticket at their bank. Until that has ended, nothing is refunded by hand here.',
);
const ORDER_NEEDED = refuse(
  'order_needed',
  'Enter which order is refunded. Open the ticket again if the form does not ask for it.',
);

/** Of the payment itself. */
export const refuseDisputed = (dispute: 'open' | 'lost'): Refused =>
  dispute === 'lost'
    ? refuse(
        'dispute_lost',
        'The bank has paid the customer, as the dispute was lost. This payment cannot be refunded.',
      )
    : refuse('payment_disputed', 'The customer disputes this payment at their bank, so it cannot be refunded now.');

const whyUnverified = (payment: JudgedPayment | null): Refused => (payment?.isUnproven ? UNPROVEN : NEEDS_VERIFICATION);

/** What is missing whoever approves: the verified customer, or the second confirmation. Null: nothing. */
export function refuseStep({ checks }: Pick<RefundDecision, 'checks'>, payment: JudgedPayment | null): Refused | null {
  const fails = (rule: RefundDecision['checks'][number]['rule']) =>
    checks.some((check) => check.rule === rule && !check.passed);
  if (fails('needs_verified_customer_above')) return whyUnverified(payment);
  return fails('same_again') ? NEEDS_CONFIRMATION : null;
}

/** Null: it is allowed. */
export function refuseRefund(
  { verdict, upTo, checks }: RefundDecision,
  currency: string,
  payment: JudgedPayment | null,
): Refused | null {
  switch (verdict) {
    case 'allowed':
      return null;
    case 'needs_verification':
      return whyUnverified(payment);
    case 'needs_confirmation':
      return NEEDS_CONFIRMATION;
    case 'needs_approval':
    case 'refused':
      break;
  }
  const failed = checks.find(({ passed }) => !passed)?.rule ?? 'may_refund';
  switch (failed) {
    case 'may_refund':
      return refuse('forbidden', 'The policy does not let you refund.');
    case 'currency':
      return refuse('conflict', `The policy allows refunds in ${currency} only.`);
    case 'dispute':
      return payment?.dispute ? refuseDisputed(payment.dispute) : OTHER_DISPUTED;
    case 'payment':
      if (payment === null) return ORDER_NEEDED;
      return refuse('above_payment', 'This is more than is left of the payment.', { upTo: { minor: upTo, currency } });
    default:
      return aboveLimit({ minor: upTo, currency });
  }
}

function aboveLimit(upTo: Money): Refused {
  const message =
    upTo.minor === 0
      ? 'You may not refund anything now. Ask somebody who may approve it.'
      : `You may refund at most ${formatMoney('en-US', upTo)} now. Ask somebody who may approve more.`;
  return refuse('above_limit', message, { upTo });
}
