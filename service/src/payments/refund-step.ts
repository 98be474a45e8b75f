// Says in which steps money can be given back.

/** Their last digit must be 0. https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/**
 * In minor units: every refund through a provider is a multiple of it. Payment providers move no thousandth of a dinar, and no fraction of an ariary.
 * @param currency ISO 4217
 */
export function refundStep(currency: string): number {
  if (THREE_DECIMALS.has(currency)) return 10;
  // https://docs.stripe.com/currencies#special-cases
  return currency === 'MGA' ? 100 : 1;
}
