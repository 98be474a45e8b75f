// Reports to operators when the books were last compared with the provider, and what that found.
import type { Check } from '../../platform/http/health.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { lastReconciliation } from './reconcile.ts';
import { lastReconcileFailure } from './reconcile-failure.ts';

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
