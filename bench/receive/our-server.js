// Runs the receiver as the service composes it: router, inbox, and the queue in the same database.
import { createServer } from 'node:http';
import { createApp } from '../../service/dist/platform/http/app.js';
import { createQueue } from '../../service/dist/platform/jobs/create-queue.js';
import { createLogger } from '../../service/dist/platform/logging/logger.js';
import { openDatabase } from '../../service/dist/platform/storage/database.js';
import { processBatchJob } from '../../service/dist/tickets/jobs.js';
import { createInbox } from '../../service/dist/tickets/receive/inbox.js';
import { createWebhookHandler } from '../../service/dist/tickets/receive/webhook-handler.js';

const { DATABASE_URL: databaseUrl = '', SECRET = '' } = process.env;
const logger = createLogger('warn');
const db = openDatabase(databaseUrl);
const queue = await createQueue({ databaseUrl, redisUrl: null }, [processBatchJob], { logger, clock: Date.now });
const commits = { count: 0, rows: 0, milliseconds: 0 };
const inbox = createInbox({
  pool: db.$client,
  announce: (batches) =>
    queue.enqueueMany(
      processBatchJob,
      batches.map((batch) => ({ batch })),
    ),
  onCommit: ({ rows, milliseconds }) => {
    commits.count += 1;
    commits.rows += rows;
    commits.milliseconds += milliseconds;
  },
  stopwatch: () => performance.now(),
  logger,
});
const post = createWebhookHandler({ inbox, secrets: [SECRET], logger, clock: Date.now });

const app = createApp({ open: [], routes: [{ path: '/webhooks/zendesk', post }] }, logger);
const server = createServer(app).listen(0, '127.0.0.1', () =>
  process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port }),
);
process.on('message', () => process.send?.(commits));
process.on('disconnect', () => process.exit(0));
