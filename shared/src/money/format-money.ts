// Formats an amount of money as a locale writes it.
import { currencyDigits } from './currency-digits.ts';

/**
 * `$12.50`, `12,50 €`: with the number of decimals of ISO 4217, also where Intl would show fewer; without decimals for a whole amount.
 * @param money integer minor units
 */
export function formatMoney(locale: string, { minor, currency }: { minor: number; currency: string }): string {
  const digits = currencyDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(minor / 10 ** digits);
}
