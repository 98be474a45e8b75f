// Reports to operators what the last comparison of the books with the provider found and when it was, and problems of access to the provider.
import { ProviderError } from '../../payments/payment-provider.ts';
import type { Check } from '../../platform/http/health.ts';
import type { Metrics } from '../../platform/metrics/create-metrics.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ComparingDeps } from './compare-payment.ts';
import { lastReconcileFailure } from './comparison-state.ts';
import { lastReconciliation } from './reconcile.ts';

/** Two days that were missed, and some time to make up for it. */
export const OVERDUE_MS = 50 * 3_600_000;

/** At most a warning: everything works without. */
export async function checkReconciliation(db: Queryable, now: Date): Promise<Extract<Check, { ok: true }>> {
  const [last, failure] = await Promise.all([lastReconciliation(db), lastReconcileFailure(db)]);
  const problems: string[] = [];
  if (last !== null && last.differences.length > 0)
    problems.push(
      `the books of refunds and Stripe differ in ${last.differences.length} places: deskwright refunds reconcile shows them`,
    );
  if (failure !== null && (last === null || failure.at > last.at))
    problems.push(
      `the books of refunds could not be compared with Stripe at ${failure.at.toISOString()}, and will be again: ${failure.error}`,
    );
  if (last !== null && now.getTime() - last.at.getTime() > OVERDUE_MS)
    problems.push(`the books of refunds were last compared with Stripe at ${last.at.toISOString()}`);
  if (problems.length > 0) return { ok: true, warning: problems.join('; ') };
  const detail =
    last === null
      ? 'the books of refunds were not compared with Stripe yet'
      : `the books of refunds and Stripe agreed at ${last.at.toISOString()}`;
  return { ok: true, detail };
}

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

/** Both are 0 while there was none. */
export function reconcileMetrics(metrics: Pick<Metrics, 'stored'>): void {
  metrics.stored(
    'deskwright_refund_differences',
    'Differences between the books of refunds and Stripe, in the last comparison.',
    'SELECT jsonb_array_length(differences) AS n FROM refund_reconciliations ORDER BY id DESC LIMIT 1',
  );
  metrics.stored(
    'deskwright_refunds_compared_timestamp_seconds',
    'When the books of refunds were last compared with Stripe; 0: never.',
    'SELECT extract(epoch FROM max(at)) AS n FROM refund_reconciliations',
  );
}
