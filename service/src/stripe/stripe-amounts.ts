// Converts amounts between ISO 4217's minor units and the units that Stripe counts in.
import type { Money } from '@deskwright/shared/contract';

/**
 * Stripe counts these differently from ISO 4217: whole ISK and UGX with two decimals that must be 00, MGA without decimals.
 * https://docs.stripe.com/currencies#special-cases
 */
const STRIPE_PER_MINOR: Readonly<Record<string, number>> = { ISK: 100, UGX: 100, MGA: 0.01 };
/** The last digit of three decimals must be 0. https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Null: Stripe cannot move this amount. */
export function toStripeAmount({ minor, currency }: Money): number | null {
  const amount = minor * (STRIPE_PER_MINOR[currency] ?? 1);
  const isPossible = Number.isInteger(amount) && (!THREE_DECIMALS.has(currency) || amount % 10 === 0);
  return isPossible ? amount : null;
}

/** @param currency in Stripe's lower case */
export function fromStripeAmount(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  return { minor: Math.round(amount / (STRIPE_PER_MINOR[code] ?? 1)), currency: code };
}
