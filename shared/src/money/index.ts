// What service and sidebar know alike about money.
export { currencyDigits } from './currency-digits.ts';
