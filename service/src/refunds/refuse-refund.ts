// Says to the agent why a refund is not made, by what was decided about it.
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { RefundDecision } from '../decide/refund-decision.ts';
import { type Refused, refuse } from '../sidebar/index.ts';

/** Null: it is allowed. */
export function refuseRefund({ verdict, upTo, checks }: RefundDecision, currency: string): Refused | null {
  switch (verdict) {
    case 'allowed':
      return null;
    case 'needs_verification':
      return refuse(
        'needs_verification',
        "Verify the customer's identity first: the policy asks for it above this amount.",
      );
    case 'needs_confirmation':
      return refuse(
        'needs_confirmation',
        'The same amount was refunded here before. Confirm that you want to refund it once more.',
      );
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
      return refuse('payment_disputed', 'The bank disputes this payment, so it cannot be refunded now.');
    case 'payment':
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
