// Makes the client for the account that is configured, and keeps what its calls tell.
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { keepOddRecords } from '../tickets/sync/odd-records.ts';
import { keepAccountLimit } from '../tickets/write/account-limit.ts';
import { createZendesk } from '../zendesk/create-zendesk.ts';
import { keepOutages } from '../zendesk/outages.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { Config } from './config.ts';
import type { Metrics } from './create-metrics.ts';

/** Counts calls, and notes the account's limit, odd records and outages of endpoints in the database. Sends nothing yet. */
export function connectZendesk(
  { baseUrl, login }: Config['zendesk'],
  { db, metrics, logger }: { db: Database; metrics: Metrics; logger: Logger },
): Zendesk {
  const noteLimit = keepAccountLimit(db, logger);
  return createZendesk({
    baseUrl,
    ...(login.kind === 'oauth' ? { oauth: login } : { apiToken: login }),
    clock: Date.now,
    logger,
    onListRead: keepOddRecords(db, logger),
    onOutage: keepOutages(db, logger),
    onCall: ({ method, route, outcome, ignored, updateLimit }) => {
      metrics.zendeskCalls.inc({ method, route, outcome });
      if (ignored.length > 0) metrics.zendeskIgnored.inc({ method, route });
      if (updateLimit) noteLimit(updateLimit);
    },
  });
}
