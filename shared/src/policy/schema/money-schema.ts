// Declares amounts of money.
import { z } from 'zod';
import { PERCENT_PATTERN } from '../check/check-amount.ts';
import { checkAmount, checkAmountOrPercent, checkCurrency } from '../check/check-money.ts';
import { AMOUNT_PATTERN } from '../to-minor-units.ts';
import { fromCheck } from './from-check.ts';

/** `50`, `49.9` or `"49.90"`, in the currency named beside it. Kept as written; `toMinorUnits` makes integers of it. */
export const amount = z
  .custom<number | string>()
  .check(fromCheck(checkAmount))
  .meta({
    title: 'amount',
    anyOf: [
      { type: 'number', minimum: 0, exclusiveMaximum: 1_000_000_000 },
      { type: 'string', pattern: AMOUNT_PATTERN.source },
    ],
  });

/** `50`, `"49.90"`, or `15%` of something that the key names. */
export const amountOrPercent = z
  .custom<number | string>()
  .check(fromCheck(checkAmountOrPercent))
  .meta({
    title: 'amount or percentage',
    anyOf: [
      { type: 'number', minimum: 0, exclusiveMaximum: 1_000_000_000 },
      { type: 'string', pattern: AMOUNT_PATTERN.source },
      { type: 'string', pattern: PERCENT_PATTERN.source },
    ],
  });

/** `USD`. */
export const currency = z.string().check(fromCheck(checkCurrency)).meta({ title: 'currency', pattern: '^[A-Z]{3}$' });
