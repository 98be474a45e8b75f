// Formats an amount of money as a locale writes it, with the number of decimals of its currency (ISO 4217).

/**
 * Currencies that do not have two decimals, by their number. Intl (CLDR) knows how an amount is displayed, which for some is fewer: the
 * Iraqi dinar has three, and is displayed with none.
 * Source: ISO 4217 list one, https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
const CODES_BY_DIGITS: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const DIGITS = new Map(CODES_BY_DIGITS.flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits])));

/** 2 for USD, 0 for JPY, 3 for KWD. @param currency ISO 4217, three capital letters */
export function currencyDigits(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}

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
