// Reads an amount of money as the agent writes it.
import { currencyDigits } from '@deskwright/shared/money';

/** Digits before the decimals: below a billion, as in the policy. */
const MOST_DIGITS = 9;

/**
 * Minor units: 1250 for `12,50` or `12,50 €` in German, for `12.50` or `$12.50` in English. The other language's decimal sign is read where
 * only one reading is possible: a German `12.50` cannot be thousands. Null: not an amount above zero, more decimals than the currency has, or unclear.
 * @param locale of the agent's numbers @param currency ISO 4217
 */
export function parseAmount(written: string, locale: string, currency: string): number | null {
  const writing = writingOf(locale, currency);
  const bare = writing.symbols.reduce((text, symbol) => text.replace(symbol, ''), written.normalize('NFKC'));
  const text = Array.from(bare)
    .map((char) => (writing.digits.includes(char) ? String(writing.digits.indexOf(char)) : char))
    .join('')
    .replaceAll(/[\u200e\u200f\u061c]/g, '')
    // In some languages these separate thousands, and agents of others write them too.
    .replaceAll(/[\s'’]/g, ' ')
    .trim();
  const digits = currencyDigits(currency);
  const own = split(
    writing.groups.reduce((spaced, group) => spaced.replaceAll(group, ' '), text),
    writing.decimal,
    digits,
  );
  // With three decimals it could be thousands.
  const found = own ?? split(text, writing.decimal === ',' ? '.' : ',', Math.min(digits, 2));
  if (found === null) return null;
  const minor = Number(found.whole + found.decimals.padEnd(digits, '0'));
  return minor === 0 ? null : minor;
}

/** Null: it is not an amount with this decimal sign and spaces between thousands. */
function split(text: string, decimal: string, mostDecimals: number): { whole: string; decimals: string } | null {
  const [grouped = '', decimals, ...more] = text.split(decimal);
  if (more.length > 0 || (decimals !== undefined && !/^\d+$/.test(decimals))) return null;
  // Thousands in threes; in India the groups above them in twos.
  if (!/^(\d+|\d{1,3}( \d{2,3})* \d{3})$/.test(grouped)) return null;
  const whole = grouped.replaceAll(' ', '');
  return whole.length > MOST_DIGITS || (decimals ?? '').length > mostDecimals
    ? null
    : { whole, decimals: decimals ?? '' };
}

interface Writing {
  readonly decimal: string;
  /** Separators of thousands: in Austria money has another than numbers. */
  readonly groups: readonly string[];
  /** From 0 to 9: Arabic and Indian languages have their own. */
  readonly digits: readonly string[];
  /** Ways to write the currency, longest first. */
  readonly symbols: readonly string[];
}

function writingOf(locale: string, currency: string): Writing {
  const styles: Intl.NumberFormatOptions[] = [{ style: 'currency', currency, minimumFractionDigits: 2 }, {}];
  const parts = styles.flatMap((style) => new Intl.NumberFormat(locale, style).formatToParts(1_234_567.8));
  const partsOf = (type: string) => parts.flatMap((part) => (part.type === type ? [part.value.normalize('NFKC')] : []));
  const [decimal = '.'] = partsOf('decimal');
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const symbols = (['symbol', 'narrowSymbol', 'code'] as const).map((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .flatMap(({ type, value }) => (type === 'currency' ? [value.normalize('NFKC')] : []))
      .join(''),
  );
  return {
    decimal,
    groups: [...new Set(partsOf('group'))].filter((group) => group !== decimal),
    digits: Array.from({ length: 10 }, (_, digit) => plain.format(digit).normalize('NFKC')),
    symbols: symbols.filter((symbol) => symbol !== '').toSorted((a, b) => b.length - a.length),
  };
}
