// Checks an amount of money and its currency.
import { errorAt, type Finding } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { AMOUNT_PATTERN } from '../to-minor-units.ts';
import { checkPercent } from './check-amount.ts';
import { shorten } from './check-spelling.ts';

/** Checks an amount by itself; its decimals are checked where the currency is known. */
export function checkAmount(value: unknown): Finding[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'number' && typeof value !== 'string') {
    return [errorAt([], 'must be an amount such as 50 or "49.90"')];
  }
  const text = String(value);
  if (AMOUNT_PATTERN.test(text)) return [];
  const didYouMean = meantAmount(text);
  return [
    errorAt([], `must be an amount such as 50 or "49.90", not "${shorten(text)}"${whyNot(text)}`, {
      ...(didYouMean !== undefined && { didYouMean }),
    }),
  ];
}

/** The same, or a share of something: `15%`. */
export function checkAmountOrPercent(value: unknown): Finding[] {
  return typeof value === 'string' && value.endsWith('%') ? checkPercent(value) : checkAmount(value);
}

function whyNot(text: string): string {
  if (/^\s*-\s*\d/.test(text)) return ': it cannot be less than 0';
  if (/^\d+(\.\d+)?$/.test(text))
    return /\.\d{5}/.test(text) ? ': no currency has so many decimals' : ': it is too large';
  if (/\p{Sc}|[A-Za-z]/u.test(text)) return ': the currency belongs in refunds.currency';
  return '';
}

/** `$1,000.50`, `49,90` and `50 USD`, as people write them. */
function meantAmount(text: string): string | undefined {
  const bare = text.replace(/\p{Sc}|[A-Z]{3}|\s/gu, '');
  const plain = /,\d{1,2}$/.test(bare) ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  return AMOUNT_PATTERN.test(plain) ? plain : undefined;
}

/** The ISO 4217 currencies that Intl knows. */
export function checkCurrency(value: unknown): Finding[] {
  if (typeof value !== 'string') return [];
  const known = Intl.supportedValuesOf('currency');
  if (known.includes(value)) return [];
  const upper = value.toUpperCase();
  const didYouMean = known.includes(upper) ? upper : nearestSpelling(value, COMMON);
  return [
    errorAt([], `"${shorten(value)}" is not a currency; write its three letters (ISO 4217) such as USD`, {
      ...(didYouMean !== undefined && { didYouMean }),
    }),
  ];
}

/** Some of 300 currencies is always similar; these are the common ones. */
const COMMON = [
  'USD',
  'EUR',
  'GBP',
  'JPY',
  'CAD',
  'AUD',
  'CHF',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'INR',
  'BRL',
  'MXN',
  'NZD',
];
