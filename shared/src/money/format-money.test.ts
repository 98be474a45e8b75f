import { currencyDigits } from './format-money.ts';

test.each([
  [0, 'JPY KRW CLP VND ISK UGX XOF PYG RWF'],
  [2, 'USD EUR AFN ALL COP HUF IDR IRR LAK LBP MGA MMK PKR RSD SYP TWD YER ZMW MRU'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
])('has %i decimals: %s', (digits, codes) => {
  for (const code of codes.split(' ')) expect([code, currencyDigits(code)]).toEqual([code, digits]);
});
