import fc from 'fast-check';
import { toMinorUnits } from './to-minor-units.ts';

test.each([
  [50, 'USD', 5_000],
  [49.9, 'USD', 4_990],
  ['49.90', 'USD', 4_990],
  ['0', 'USD', 0],
  [1.15, 'EUR', 115],
  [8.29, 'EUR', 829],
  [500, 'JPY', 500],
  ['1.005', 'KWD', 1_005],
  [999_999_999, 'KWD', 999_999_999_000],
  ['1.005', 'IQD', 1_005],
  ['0.50', 'COP', 50],
  [0.5, 'AFN', 50],
  ['999999999.9999', 'CLF', 9_999_999_999_999],
])('%s %s are %i', (amount, currency, minor) => {
  expect(toMinorUnits(amount, currency)).toBe(minor);
});

it('is exact for every possible amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const text = `${whole}.${String(cents).padStart(2, '0')}`;
      expect(toMinorUnits(text, 'USD')).toBe(whole * 100 + cents);
      expect(toMinorUnits(Number(text), 'USD')).toBe(whole * 100 + cents);
    }),
  );
});

test.each([
  ['49.999', 'USD'],
  ['1.5', 'JPY'],
  ['', 'USD'],
  ['1e3', 'USD'],
  [-1, 'USD'],
  [Number.NaN, 'USD'],
])('refuses %s %s', (amount, currency) => {
  expect(() => toMinorUnits(amount, currency)).toThrow(RangeError);
});
