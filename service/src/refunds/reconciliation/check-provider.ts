// Reports to operators problems of access to the provider, and what the last comparison found.
import { ProviderError } from '../../payments/payment-provider.ts';
import type { Check } from '../../platform/http/health.ts';
import type { ComparingDeps } from './compare-payment.ts';
import { lastReconciliation } from './reconcile.ts';

/** Rights of a key seldom change, and finding out takes several calls. Milliseconds. */
const HOLDS_MS = 3_600_000;
/** A check that failed is made again sooner. */
const FAILURE_HOLDS_MS = 30_000;
const OVERDUE_MS = 50 * 3_600_000;

/** Warnings only: everything but refunds works without the provider. */
export function providerCheck({ db, payments, clock }: Omit<ComparingDeps, 'timeZone'>): () => Promise<Check> {
  let until = 0;
  let access: Promise<readonly string[]> = Promise.resolve([]);
  const checkAccess = async (): Promise<readonly string[]> => {
    try {
      return await payments.checkAccess();
    } catch (error) {
      until = clock() + FAILURE_HOLDS_MS;
      return [error instanceof ProviderError ? `${error.message}: no refund can be made until it does` : String(error)];
    }
  };
  return async () => {
    if (clock() >= until) {
      until = clock() + HOLDS_MS;
      access = checkAccess();
    }
    const problems = [...(await access)];
    const last = await lastReconciliation(db);
    if (last !== null && last.differences.length > 0)
      problems.push(
        `the books of refunds and Stripe differ in ${last.differences.length} places: deskwright refunds reconcile shows them`,
      );
    if (last !== null && clock() - last.at.getTime() > OVERDUE_MS)
      problems.push(`the books of refunds were last compared with Stripe at ${last.at.toISOString()}`);
    return problems.length === 0 ? { ok: true } : { ok: true, warning: problems.join('; ') };
  };
}
