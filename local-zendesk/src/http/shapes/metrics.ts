// Formats ticket metrics for the API.
import type { TicketMetrics } from '../../account/metrics.ts';
import type { UrlOf } from '../call.ts';

export const showMetrics = (url: UrlOf, metrics: TicketMetrics): Record<string, unknown> => ({
  url: url(`/ticket_metrics/${metrics.id}.json`),
  ...metrics,
});
