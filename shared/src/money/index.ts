// Exports what service and sidebar share about money.
export { currencyDigits } from './currency-digits.ts';
export { formatMoney } from './format-money.ts';
