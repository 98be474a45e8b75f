// Which numbers does the service show about itself?
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { type CountedTable, countRows } from './count-rows.ts';

export interface MetricsDeps {
  db: Database;
  logger: Logger;
  policyStatus: () => { ok: boolean; loadedAt: number };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** What is counted in the database is read when Prometheus asks, so every process tells the same; what cannot be read is left out. */
export function createMetrics({ db, logger, policyStatus }: MetricsDeps) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  type Rows = Record<string, string>[];
  const gaugeOf = (name: string, help: string, labelNames: string[], read: () => Promise<Rows>): void => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: async () => {
        gauge.reset();
        try {
          for (const { n, ...labels } of await read()) gauge.set(labels, Number(n));
        } catch (error) {
          if (labelNames.length === 0) gauge.remove(); // `reset` made it 0, which would be read as a number.
          logger.warn({ err: error instanceof Error ? error.message : error, metric: name }, 'Could not read a metric');
        }
      },
    });
  };
  const stored = (name: string, help: string, query: string): void =>
    gaugeOf(name, help, [], async () => (await db.$client.query<Record<string, string>>(query)).rows);
  const counted = (name: string, help: string, table: CountedTable): void =>
    gaugeOf(name, `${help} In large tables what is finished is estimated.`, Object.keys(table.labels), () =>
      countRows(db, table),
    );
  counted('deskwright_inbox_events', 'Events received, by state.', {
    table: 'inbox',
    labels: { state: 'state' },
    exact: ["state = 'waiting'", "state = 'parked'"],
  });
  counted('deskwright_outbox_effects', 'Effects wished, by kind and state.', {
    table: 'outbox',
    labels: { kind: 'kind', state: 'state' },
    exact: ["state IN ('waiting', 'in_flight')", "state = 'parked'"],
  });
  stored(
    'deskwright_newest_event_age_seconds',
    'Age of the newest event that a webhook brought, at its time in Zendesk.',
    'SELECT greatest(0, extract(epoch FROM now() - max(occurred_at))) AS n FROM (SELECT occurred_at FROM inbox ORDER BY id DESC LIMIT 100) AS last HAVING max(occurred_at) IS NOT NULL',
  );
  stored(
    'deskwright_export_age_seconds',
    "Since when Zendesk's export was not read; without webhooks nothing is known that came later.",
    "SELECT extract(epoch FROM now()) - (value->>'readAt')::float8 / 1000 AS n FROM settings WHERE key = 'export'",
  );
  stored(
    'deskwright_overdue_decisions',
    'Open tickets whose time to be decided again came more than a minute ago; counted up to 10,000.',
    "SELECT count(*) AS n FROM (SELECT FROM due_decisions JOIN tickets ON id = ticket_id WHERE due_at < now() - interval '1 minute' AND placed_by = 'policy' AND gone IS NULL LIMIT 10000) AS overdue",
  );
  counted('deskwright_invitations', 'Survey invitations, by survey and state.', {
    table: 'invitations',
    labels: { survey: 'survey', state: 'state' },
    exact: ["state IN ('scheduled', 'sending')", "state = 'parked'"],
  });
  counted('deskwright_views', 'Managed views, by state.', { table: 'view_checks', labels: { state: 'state' } });
  counted('deskwright_open_tickets', 'Open tickets in the projection, by whether they have been decided.', {
    table: 'tickets',
    labels: { decided: '(decided_at IS NOT NULL)::text' },
    where: "gone IS NULL AND status NOT IN ('solved', 'closed')",
  });
  stored(
    'deskwright_import_done',
    '1 once the first import has brought all open tickets.',
    "SELECT count(*) AS n FROM settings WHERE key = 'export' AND (value->>'imported')::boolean",
  );
  stored(
    'deskwright_oldest_wait_seconds',
    'How long the customer waits who has waited longest.',
    'SELECT coalesce(extract(epoch FROM now() - min(waiting_since)), 0) AS n FROM tickets WHERE gone IS NULL',
  );
  new Gauge({
    name: 'deskwright_policy_valid',
    help: '1 when the policy file as it stands is the one in force, 0 when it was refused and the last good one stays.',
    registers,
    collect() {
      this.set(policyStatus().ok ? 1 : 0);
    },
  });
  new Gauge({
    name: 'deskwright_policy_loaded_timestamp_seconds',
    help: 'When the policy in force was loaded.',
    registers,
    collect() {
      this.set(policyStatus().loadedAt / 1000);
    },
  });

  const webhookDeliveries = new Counter({
    name: 'deskwright_webhook_deliveries_total',
    help: 'Deliveries answered, by result.',
    labelNames: ['type', 'result'],
    registers,
  });
  return {
    registry,
    webhookDeliveries,
    /** Adds what is known only once the directory is kept. */
    showUnknownNames: (count: () => number): void => {
      new Gauge({
        name: 'deskwright_policy_unknown_names',
        help: 'Groups and agents that the policy names and Zendesk does not have.',
        registers,
        collect() {
          this.set(count());
        },
      });
    },
    /** Deliveries to this process that were signed with another secret; those without a signature are `unsigned`. */
    wrongSignatures: async (): Promise<number> =>
      (await webhookDeliveries.get()).values
        .filter(({ labels }) => labels.result === 'bad_signature')
        .reduce((sum, { value }) => sum + value, 0),
    duplicateDeliveries: new Counter({
      name: 'deskwright_duplicate_deliveries_total',
      help: 'Deliveries of events that were known already.',
      registers,
    }),
    zendeskCalls: new Counter({
      name: 'deskwright_zendesk_calls_total',
      help: 'HTTP calls made to Zendesk.',
      labelNames: ['method', 'route', 'outcome'],
      registers,
    }),
    zendeskIgnored: new Counter({
      name: 'deskwright_zendesk_ignored_parameters_total',
      help: 'Calls of which Zendesk dropped parameters though it answered 2xx; the log names them.',
      labelNames: ['method', 'route'],
      registers,
    }),
    decisions: new Counter({
      name: 'deskwright_decisions_total',
      help: 'Looks at tickets, by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    eventToDecision: new Histogram({
      name: 'deskwright_event_to_decision_seconds',
      help: 'From an event being stored to its ticket being decided.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
  };
}
