// Creates the client for the configured account, and records calls, limits, unreadable records and outages.

import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { keepAccountLimit, storeUnreadableRecords } from '../tickets/index.ts';
import { createZendesk, type ZendeskClient } from '../zendesk/create-zendesk.ts';
import { keepOutages } from '../zendesk/outages.ts';
import type { Config } from './config.ts';

/** Counts calls, and stores the account's limit, unreadable records and outages of endpoints in the database. Sends nothing yet. */
export function connectZendesk(
  { baseUrl, login }: Config['zendesk'],
  { db, metrics, logger }: { db: Database; metrics: Metrics; logger: Logger },
): ZendeskClient {
  const calls = metrics.counter('deskwright_zendesk_calls_total', 'HTTP calls made to Zendesk.', [
    'method',
    'route',
    'outcome',
  ]);
  const ignoredParameters = metrics.counter(
    'deskwright_zendesk_ignored_parameters_total',
    'Calls whose parameters Zendesk partly ignored although it answered 2xx; the log names the parameters.',
    ['method', 'route'],
  );
  const keepLimit = keepAccountLimit(db, logger);
  return createZendesk({
    baseUrl,
    ...(login.kind === 'oauth' ? { oauth: login } : { apiToken: login }),
    clock: Date.now,
    logger,
    onListRead: storeUnreadableRecords(db, logger),
    onOutage: keepOutages(db, logger),
    onCall: ({ method, route, outcome, ignored, updateLimit }) => {
      calls.inc({ method, route, outcome });
      if (ignored.length > 0) ignoredParameters.inc({ method, route });
      if (updateLimit) keepLimit(updateLimit);
    },
  });
}
