// Exports what service and sidebar share about money.
export { currencyDigits, formatMoney } from './format-money.ts';
