// Reports to operators problems of access to the provider, beside what the last comparison found.
import { ProviderError } from '../../payments/payment-provider.ts';
import type { Check } from '../../platform/http/health.ts';
import { checkReconciliation } from './check-reconciliation.ts';
import type { ComparingDeps } from './compare-payment.ts';

/** Rights of a key seldom change, and finding out takes several calls. Milliseconds. */
const HOLDS_MS = 3_600_000;
/** A check that failed is made again sooner. */
const FAILURE_HOLDS_MS = 30_000;

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
    const [problems, books] = await Promise.all([access, checkReconciliation(db, new Date(clock()))]);
    if (problems.length === 0) return books;
    return { ok: true, warning: [...problems, books.warning].filter((one) => one !== undefined).join('; ') };
  };
}
