// Separates refusals of Stripe from answers that leave open whether something was done.
import Stripe from 'stripe';
import { ProviderError, type RefusedBecause } from '../payments/payment-provider.ts';
import { readRetryAfter } from '../platform/errors/external-error.ts';

/** https://docs.stripe.com/error-codes */
const REFUSALS: Readonly<Record<string, RefusedBecause>> = {
  charge_already_refunded: 'already_refunded',
  charge_disputed: 'disputed',
  refund_disputed_payment: 'disputed',
  balance_insufficient: 'balance_insufficient',
  insufficient_funds: 'balance_insufficient',
  resource_missing: 'payment_missing',
};

/** Null: it is no refusal, see `toProviderError`. */
export function refusalOf(error: unknown): RefusedBecause | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return null;
  const known = REFUSALS[error.code ?? ''];
  if (known !== undefined) return known;
  return error.param === 'amount' ? 'not_enough_left' : 'rejected';
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

/** Stripe's own message may name customers or the key, so it is left out. */
export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof Stripe.errors.StripeRateLimitError)
    return new ProviderError('busy', 'Stripe answered 429', readRetryAfter(error.headers?.['retry-after']));
  if (error instanceof Stripe.errors.StripeAuthenticationError)
    return new ProviderError('access', 'Stripe does not accept the key');
  if (error instanceof Stripe.errors.StripePermissionError)
    return new ProviderError('access', 'Stripe does not let the key do this');
  if (error instanceof Stripe.errors.StripeError && error.statusCode !== undefined)
    return new ProviderError('unavailable', `Stripe answered ${error.statusCode}`);
  return new ProviderError('unavailable', 'Stripe did not answer');
}
