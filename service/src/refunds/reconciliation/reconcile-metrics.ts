// Exports what the last comparison of the books with the provider found, and when it was.
import type { Metrics } from '../../platform/metrics/create-metrics.ts';

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
