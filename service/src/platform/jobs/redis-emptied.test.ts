import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { processBatchJob, sweepTickets } from '../../tickets/jobs.ts';
import { createInbox } from '../../tickets/receive/inbox.ts';
import { inbox as inboxTable } from '../../tickets/tables.ts';
import { until } from '../testing/until.ts';
import { createQueue } from './create-queue.ts';
import { job } from './job-queue.ts';
import { hasRedis, startRedis } from './testing/redis-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };

(hasRedis() ? test : test.skip)(
  'Redis is emptied in the middle of the work: every event is still decided',
  async () => {
    const redis = await startRedis();
    const { db } = database;
    const queue = await createQueue({ databaseUrl: database.url, redisUrl: redis.url }, [processBatchJob], {
      logger,
      clock: Date.now,
      maxWaitMs: 120_000,
    });
    const inbox = createInbox({
      pool: db.$client,
      announce: (batches) =>
        queue.enqueueMany(
          processBatchJob,
          batches.map((batch) => ({ batch })),
        ),
      stopwatch: () => performance.now(),
      logger,
      limits: { maxGroup: 5 },
    });
    await queue.startWorkers(
      [
        job(processBatchJob, async ({ batch }) => {
          await pause(20);
          await db.update(inboxTable).set({ state: 'decided' }).where(eq(inboxTable.batch, batch));
        }),
      ],
      { signal: new AbortController().signal },
    );
    const deliveries = Array.from({ length: 200 }, (_, n) =>
      inbox.receive({
        invocationId: `i-${n}`,
        envelopeId: null,
        type: 'trigger',
        ticketId: n + 1,
        occurredAt: null,
        body: '{}',
      }),
    );
    const client = new Redis(redis.url);
    await Promise.all(deliveries.slice(0, 100));
    await client.flushall();
    await Promise.all(deliveries);
    await client.flushall();
    client.disconnect();

    const later = () => Date.now() + 10_000;
    await until(async () => {
      await queue.declare();
      await sweepTickets({ db, clock: later })(queue);
      return (await db.$count(inboxTable, eq(inboxTable.state, 'decided'))) === 200;
    });
    await queue.stop({ graceMs: 1_000 });
    await redis.stop();
  },
);
