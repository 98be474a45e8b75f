// Converts an amount of the policy to minor units.
import { currencyDigits } from '../money/format-money.ts';

/**
 * An amount as a policy writes it (`50`, `49.9`, `"49.90"`) in integer minor units of its currency: 4990 for USD, 50 for JPY.
 * Counted in digits, never in floating point.
 * @param currency ISO 4217
 * @throws RangeError when it is not an amount, or has more decimals than the currency. Policies are validated before, so there it is a bug.
 */
export function toMinorUnits(amount: number | string, currency: string): number {
  const [, whole, decimals = ''] = AMOUNT_PATTERN.exec(String(amount)) ?? [];
  const digits = currencyDigits(currency);
  if (whole === undefined || decimals.length > digits) throw new RangeError(`not an amount of ${currency}: ${amount}`);
  return Number(whole + decimals.padEnd(digits, '0'));
}

/** Up to a billion, which with four decimals is still an exact integer. */
export const AMOUNT_PATTERN = /^(\d{1,9})(?:\.(\d{1,4}))?$/;
