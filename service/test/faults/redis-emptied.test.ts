// What if the Redis of the queue is emptied in the middle of the work?
import { Redis } from 'ioredis';
import { hasRedis, startRedis, type TestRedis } from '../../src/platform/jobs/testing/redis-server.ts';
import { expectEverythingOnce, type FaultHouse, settle, startFaultHouse } from '../../testing/fault-house.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const TICKETS = 60;

let house: FaultHouse;
let service: ServiceProcess;
let database: TestDatabase;
let redis: TestRedis;

afterEach(async () => {
  await service.kill();
  await house.zendesk.stop();
  await redis.stop();
  await database.drop();
});

// Skipped where no redis-server is installed; CI installs one.
(hasRedis() ? test : test.skip)(
  'Redis emptied in the middle, again and again: every event is decided once, nothing is lost or doubled',
  async () => {
    redis = await startRedis();
    database = await createTestDatabase();
    house = await startFaultHouse({ databaseUrl: database.url, redisUrl: redis.url });
    service = startServiceProcess('all', house.env, house.directory);
    await until('the service is ready', house.isReady, 300_000);

    const client = new Redis(redis.url);
    const begun = house.whenWritten(10, () => undefined);
    const ids = await house.customersOpen(TICKETS);
    await begun;
    for (let n = 0; n < 3; n++) {
      await client.flushall();
      ids.push(...(await house.customersOpen(TICKETS)));
    }
    await client.flushall();
    client.disconnect();

    await settle(house, database.url, ids, redis.url);
    await expectEverythingOnce(house, database.url, ids);
  },
  1_800_000,
);
