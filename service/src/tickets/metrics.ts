// The metrics of receiving, deciding and writing tickets.
import { type Metrics, STATE_LABEL } from '../platform/metrics/create-metrics.ts';
import { DEAD_LETTERED } from '../platform/storage/tables.ts';

export function ticketMetrics(metrics: Metrics) {
  const { counter, histogram, stored, counted } = metrics;
  counted('deskwright_inbox_events', 'Events received, by state.', {
    table: 'inbox',
    labels: { state: STATE_LABEL },
    exact: ["state = 'waiting'", `state = '${DEAD_LETTERED}'`],
  });
  stored(
    'deskwright_newest_event_age_seconds',
    'Age of the newest event received by webhook, by its time in Zendesk.',
    'SELECT greatest(0, extract(epoch FROM now() - max(occurred_at))) AS n FROM (SELECT occurred_at FROM inbox ORDER BY id DESC LIMIT 100) AS last HAVING max(occurred_at) IS NOT NULL',
  );
  stored(
    'deskwright_export_age_seconds',
    "Time since Zendesk's export was last read. Without webhooks no newer changes are known.",
    "SELECT extract(epoch FROM now()) - (value->>'readAt')::float8 / 1000 AS n FROM settings WHERE key = 'export'",
  );
  stored(
    'deskwright_overdue_decisions',
    'Open tickets whose next time-based decision is more than a minute overdue; counted up to 10,000.',
    "SELECT count(*) AS n FROM (SELECT FROM due_decisions JOIN tickets ON id = ticket_id WHERE due_at < now() - interval '1 minute' AND placed_by = 'policy' AND gone IS NULL LIMIT 10000) AS overdue",
  );
  counted('deskwright_open_tickets', 'Open tickets in the projection, by whether they have been decided.', {
    table: 'tickets',
    labels: { decided: '(decided_at IS NOT NULL)::text' },
    where: "gone IS NULL AND status NOT IN ('solved', 'closed')",
  });
  stored(
    'deskwright_import_done',
    '1 once the first import of all open tickets is complete.',
    "SELECT count(*) AS n FROM settings WHERE key = 'export' AND (value->>'imported')::boolean",
  );
  stored(
    'deskwright_oldest_wait_seconds',
    'Longest current customer wait.',
    'SELECT coalesce(extract(epoch FROM now() - min(waiting_since)), 0) AS n FROM tickets WHERE gone IS NULL',
  );

  const deliveries = counter('deskwright_webhook_deliveries_total', 'Deliveries answered, by result.', [
    'type',
    'result',
  ]);
  return {
    deliveries,
    /** Deliveries to this process signed with a wrong secret; those without a signature are `unsigned`. */
    wrongSignatures: async (): Promise<number> =>
      (await deliveries.get()).values
        .filter(({ labels }) => labels.result === 'bad_signature')
        .reduce((sum, { value }) => sum + value, 0),
    duplicateDeliveries: counter(
      'deskwright_duplicate_deliveries_total',
      'Deliveries of events that had already been received.',
    ),
    decisions: counter('deskwright_decisions_total', 'Observations of tickets, by outcome.', ['outcome']),
    eventToDecision: histogram(
      'deskwright_event_to_decision_seconds',
      'Time from storing an event to deciding its ticket.',
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    ),
  };
}
