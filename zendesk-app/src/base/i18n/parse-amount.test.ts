import { formatMoney } from '@deskwright/shared/money';
import fc from 'fast-check';
import { parseAmount } from './parse-amount.ts';

test.each([
  ['12.50', 'en-US', 'USD', 1250],
  ['$12.50', 'en-US', 'USD', 1250],
  ['12.5', 'en-US', 'USD', 1250],
  [' 12 ', 'en-US', 'USD', 1200],
  ['1,250', 'en-US', 'USD', 125_000],
  ['1,250.00 USD', 'en-US', 'USD', 125_000],
  ['12,50', 'en-US', 'USD', 1250],
  ['12,50', 'de-DE', 'EUR', 1250],
  ['12,50 €', 'de-DE', 'EUR', 1250],
  ['12.50', 'de-DE', 'EUR', 1250],
  ['1.250', 'de-DE', 'EUR', 125_000],
  ['1.250,5', 'de-DE', 'EUR', 125_050],
  ['1\u202f250,50 €', 'fr-FR', 'EUR', 125_050],
  ['1 250,50', 'fr-FR', 'EUR', 125_050],
  ['1’250.50', 'de-CH', 'CHF', 125_050],
  ["1'250.50", 'de-CH', 'CHF', 125_050],
  ['1,00,000.50', 'en-IN', 'INR', 10_000_050],
  ['1200', 'ja-JP', 'JPY', 1200],
  ['1,200', 'ja-JP', 'JPY', 1200],
  ['1.250', 'ar-KW-u-nu-latn', 'KWD', 1250],
  ['١٢٫٥٠', 'ar-EG', 'EGP', 1250],
  ['１２.５０', 'ja-JP', 'USD', 1250],
  ['1.250', 'de-DE', 'KWD', 1_250_000],
  ['1.25', 'de-DE', 'KWD', 1250],
  ['999999999.99', 'en-US', 'USD', 99_999_999_999],
])('reads %s in %s as %s', (written, locale, currency, minor) => {
  expect(parseAmount(written, locale, currency)).toBe(minor);
});

test.each([
  ['', 'USD'],
  ['0', 'USD'],
  ['0.00', 'USD'],
  ['-5', 'USD'],
  ['twelve', 'USD'],
  ['12.505', 'USD'],
  ['12.', 'USD'],
  ['1,25,0', 'USD'],
  ['12 50', 'USD'],
  ['1.2.3', 'USD'],
  ['1e3', 'USD'],
  ['Infinity', 'USD'],
  ['12.5', 'JPY'],
  ['1234567890', 'USD'],
  ['€12.50', 'USD'],
])('does not take %j for an amount of %s', (written, currency) => {
  expect(parseAmount(written, 'en-US', currency)).toBeNull();
});

test('reads what the sidebar writes, in any language and currency', () => {
  const locale = fc.constantFrom(
    'en-US',
    'de-DE',
    'de-CH',
    'de-AT',
    'es-ES',
    'es-MX',
    'fr-FR',
    'fr-CA',
    'pt-BR',
    'ar-EG',
    'hi-IN',
    'ja-JP',
    'he-IL',
    'fa-IR',
    'sv-SE',
  );
  const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CHF', 'INR', 'GBP', 'SEK', 'ISK', 'BHD', 'CAD');
  fc.assert(
    fc.property(locale, currency, fc.integer({ min: 1, max: 99_999_999_999 }), (language, code, minor) => {
      const whole = code === 'JPY' || code === 'ISK' ? minor % 999_999_999 || 1 : minor;
      expect(parseAmount(formatMoney(language, { minor: whole, currency: code }), language, code)).toBe(whole);
    }),
  );
});
