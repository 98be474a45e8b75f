// What keeps the books in line with the provider: its webhooks, a comparison every day, and a check for operators.
import { localDate } from '@deskwright/shared';
import { ProviderError } from '../../payments/payment-provider.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Feature } from '../../platform/feature.ts';
import { defineJob, job, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { eventRoute } from '../api/receive-events.ts';
import { providerCheck } from './check-reconciliation.ts';
import type { ComparingDeps } from './compare-payment.ts';
import { lastReconcileFailure, noteReconcileFailure } from './comparison-state.ts';
import { checkAskedFor, isAnythingAsked, lastReconciliation, type Reconciliation, reconcile } from './reconcile.ts';

const checkPaymentsJob = defineJob({ name: 'check-payments', payload: NOTHING });
const reconcileRefundsJob = defineJob({ name: 'reconcile-refunds', payload: NOTHING, attempts: 1 });

/** After a comparison that failed, so that a provider that is down or busy is not asked without end; unless it said when. Milliseconds. */
const AGAIN_AFTER_MS = 10 * 60_000;
/** However short or long it asks to wait: so that Stripe is not asked without end, and a mistaken header does not hold back the comparison for days. */
const SHORTEST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

interface FollowDeps extends ComparingDeps {
  readonly logger: Pick<Logger, 'warn' | 'error'>;
}

export function followProvider(
  deps: FollowDeps,
): Required<Pick<Feature, 'routes' | 'jobs' | 'sweep' | 'readiness' | 'onWorkersStarted'>> {
  const { db, clock, timeZone, logger } = deps;
  const check = providerCheck(deps);
  const dayOf = (moment: number) => localDate(moment, timeZone());
  const isDue = async () => {
    const [last, failure] = await Promise.all([lastReconciliation(db), lastReconcileFailure(db)]);
    if (failure !== null && clock() < (failure.againAt?.getTime() ?? failure.at.getTime() + AGAIN_AFTER_MS))
      return false;
    return last === null || dayOf(last.at.getTime()) !== dayOf(clock());
  };
  return {
    // The sweep takes it up within seconds.
    routes: () => [eventRoute({ ...deps, onAsked: () => undefined })],
    jobs: [
      job(checkPaymentsJob, async (_payload, { signal }) => {
        await checkAskedFor(deps, signal);
      }),
      job(reconcileRefundsJob, async (_payload, { signal }) => {
        if (!(await isDue())) return;
        let differences: Reconciliation['differences'];
        try {
          ({ differences } = await reconcile(deps, { signal }));
        } catch (error) {
          const againAt = new Date(clock() + waitAfter(error));
          if (!signal.aborted) await noteReconcileFailure(db, error, new Date(clock()), againAt);
          throw error;
        }
        if (differences.length > 0)
          logger.warn(
            { differences: differences.length },
            'The books of refunds and Stripe differ: deskwright refunds reconcile shows where',
          );
      }),
    ],
    sweep: async ({ enqueue }) => {
      if (await isAnythingAsked(db)) await enqueue(checkPaymentsJob, {});
      if (await isDue()) await enqueue(reconcileRefundsJob, {});
    },
    readiness: { stripe: check },
    onWorkersStarted: async () => {
      try {
        const found = await check();
        if (found.ok && found.warning !== undefined)
          logger.warn({ problem: found.warning }, 'Something is wrong with the access to Stripe');
      } catch (error) {
        logger.warn(aboutError(error), 'The access to Stripe could not be checked');
      }
    },
  };
}

function waitAfter(error: unknown): number {
  const asked = error instanceof ProviderError ? error.retryAfterMs : null;
  return asked === null ? AGAIN_AFTER_MS : Math.min(Math.max(asked, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}
