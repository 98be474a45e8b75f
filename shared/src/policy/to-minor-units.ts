// How many cents is an amount of the policy?

/**
 * An amount as a policy writes it (`50`, `49.9`, `"49.90"`) in integer minor units of its currency: 4990 for USD, 50 for JPY.
 * Counted in digits, never in floating point.
 * @param currency ISO 4217; how many decimals it has is what Intl says (CLDR)
 * @throws RangeError when it is no amount, or has more decimals than the currency. Policies are checked before, so there it is a bug.
 */
export function toMinorUnits(amount: number | string, currency: string): number {
  const [, whole, decimals = ''] = AMOUNT_PATTERN.exec(String(amount)) ?? [];
  const digits = currencyDigits(currency);
  if (whole === undefined || decimals.length > digits) throw new RangeError(`not an amount of ${currency}: ${amount}`);
  return Number(whole + decimals.padEnd(digits, '0'));
}

/** Up to a billion, which with three decimals is still an exact integer. */
export const AMOUNT_PATTERN = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

/** Asking the engine costs more than the rest of a limit. */
const digitsOf = new Map<string, number>();

/** Decimals of a currency: 2 for USD, 0 for JPY, 3 for KWD. @throws RangeError when it is not three letters */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}
