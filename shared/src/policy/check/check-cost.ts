// Checks the amounts of what surveys cost.
import type { Finding } from '../finding.ts';
import { valueAt } from '../value-at.ts';
import { checkCurrency } from './check-money.ts';
import { checkDecimals } from './check-refunds.ts';

/** Amounts with more decimals than their currency has. */
export function checkCost(policy: unknown): Finding[] {
  const currency = valueAt(policy, ['surveys', 'cost', 'currency']);
  if (typeof currency !== 'string' || checkCurrency(currency).length > 0) return [];
  return ['per_month', 'per_thousand_mails'].flatMap((key) => {
    const path = ['surveys', 'cost', key];
    return checkDecimals(valueAt(policy, path), currency, path);
  });
}
