// What if what we stand on goes away for a while?
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findFreePort } from '../../src/cli/demo/find-free-port.ts';
import { expectEverythingOnce, type FaultHouse, settle, startFaultHouse } from '../../testing/fault-house.ts';
import { answers, crashPostgres, embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';
import { createTestDatabase } from '../../testing/test-database.ts';

const TICKETS = 500;

let house: FaultHouse;
let service: ServiceProcess;

afterEach(async () => {
  await service.kill();
  await house.zendesk.stop();
  stopOrphan(house.env.DESKWRIGHT_DATA_DIR!);
});

const isWritten = (id: number) =>
  house.zendesk.account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__'));

test('PostgreSQL crashed in the middle and started again by the service: every event is decided once, nothing is lost or doubled', async () => {
  house = await startFaultHouse();
  service = startServiceProcess('all', house.env, house.directory);
  await until('the service is ready', house.isReady, 300_000);
  const dataDir = house.env.DESKWRIGHT_DATA_DIR!;

  const opening = house.customersOpen(TICKETS);
  await until('the work has begun', () => isWritten(20), 300_000);
  crashPostgres(dataDir);
  const ids = await opening;
  await until('PostgreSQL is there again', () => answers(dataDir), 300_000);

  await settle(house, embeddedUrl(dataDir), ids);
  await expectEverythingOnce(house, embeddedUrl(dataDir), ids);
  expect(service.child.exitCode).toBeNull();
}, 1_800_000);

test('Zendesk answering 500, 429 and not at all for a while: the same', async () => {
  house = await startFaultHouse();
  service = startServiceProcess('all', house.env, house.directory);
  await until('the service is ready', house.isReady, 300_000);
  const { rest } = house.zendesk.faults;
  const rules = [
    rest.add({ answer: 500, rate: 0.4 }),
    rest.add({ answer: 429, rate: 0.4, retry_after: 1 }),
    rest.add({ answer: 'timeout', rate: 0.4 }),
  ];

  const ids = await house.customersOpen(TICKETS);
  const allHaveStruck = () => rest.state().filter(({ struck }) => struck > 0).length === rules.length;
  await until('Zendesk has refused and hung', allHaveStruck, 300_000);
  rest.clear();
  const dataDir = house.env.DESKWRIGHT_DATA_DIR!;
  await settle(house, embeddedUrl(dataDir), ids);

  await expectEverythingOnce(house, embeddedUrl(dataDir), ids);
}, 1_800_000);

const redisServer = findRedis();
(redisServer ? test : test.skip)(
  'Redis emptied in the middle: the same',
  async () => {
    const port = await findFreePort(16_379);
    const redis: ChildProcess = spawn(
      redisServer!,
      ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'],
      { stdio: 'ignore' },
    );
    const redisUrl = `redis://127.0.0.1:${port}`;
    const database = await createTestDatabase();
    try {
      house = await startFaultHouse({ databaseUrl: database.url, redisUrl });
      service = startServiceProcess('all', house.env, house.directory);
      await until('the service is ready', house.isReady, 300_000);

      const opening = house.customersOpen(TICKETS);
      await until('the work has begun', () => isWritten(20), 300_000);
      const client = new Redis(redisUrl);
      for (let n = 0; n < 3; n++) {
        await client.flushall();
        await sleep(200);
      }
      client.disconnect();
      const ids = await opening;

      await settle(house, database.url, ids, redisUrl);
      await expectEverythingOnce(house, database.url, ids);
    } finally {
      await service.kill();
      redis.kill('SIGKILL');
      await database.drop();
    }
  },
  1_800_000,
);

function findRedis(): string | null {
  try {
    return execFileSync('which', ['redis-server'], { encoding: 'utf8' }).trim();
  } catch {
    process.stderr.write('skipped: no redis-server on the PATH, so an emptied Redis is not tried\n');
    return null;
  }
}
