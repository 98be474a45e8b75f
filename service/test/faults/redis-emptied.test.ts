// Tests emptying the queue's Redis in the middle of work.
import { Redis } from 'ioredis';
import { hasRedis, startRedis, type TestRedis } from '../../src/platform/jobs/testing/redis-server.ts';
import { expectEverythingOnce, type FaultHarness, settle, startFaultHarness } from '../../testing/fault-harness.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const TICKETS = 60;

let harness: FaultHarness;
let service: ServiceProcess;
let database: TestDatabase;
let redis: TestRedis;

afterEach(async () => {
  await service.kill();
  await harness.zendesk.stop();
  await redis.stop();
  await database.drop();
});

// Skipped where no redis-server is installed; CI installs one.
(hasRedis() ? test : test.skip)(
  'Redis emptied in the middle, again and again: every event is decided once, nothing is lost or doubled',
  async () => {
    redis = await startRedis();
    database = await createTestDatabase();
    harness = await startFaultHarness({ databaseUrl: database.url, redisUrl: redis.url });
    service = startServiceProcess('all', harness.env, harness.directory);
    await until('the service is ready', harness.isReady, 300_000);

    const client = new Redis(redis.url);
    const begun = harness.whenWritten(10, () => undefined);
    const ids = await harness.customersOpen(TICKETS);
    await begun;
    for (let n = 0; n < 3; n++) {
      await client.flushall();
      ids.push(...(await harness.customersOpen(TICKETS)));
    }
    await client.flushall();
    client.disconnect();

    await settle(harness, database.url, ids, redis.url);
    await expectEverythingOnce(harness, database.url, ids);
  },
  1_800_000,
);
