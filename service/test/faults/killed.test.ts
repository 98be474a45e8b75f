// What if the service is killed in the middle of its work?
import { expectEverythingOnce, type FaultHouse, settle, startFaultHouse } from '../../testing/fault-house.ts';
import { embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const EVENTS = 2_000;

let house: FaultHouse;
let database: TestDatabase | null = null;
const running: ServiceProcess[] = [];
const start = (role: 'all' | 'web' | 'worker') => {
  const process = startServiceProcess(role, house.env, house.directory);
  running.push(process);
  return process;
};

afterEach(async () => {
  await Promise.all(
    running
      .splice(0)
      .map(({ child, kill }) => (child.exitCode === null && child.signalCode === null ? kill() : Promise.resolve())),
  );
  await house.zendesk.stop();
  stopOrphan(house.env.DESKWRIGHT_DATA_DIR!);
  await database?.drop();
  database = null;
});

test('kill -9 of the worker in the middle of 2,000 events: each is decided once, nothing is lost or doubled', async () => {
  database = await createTestDatabase();
  house = await startFaultHouse({ databaseUrl: database.url });
  start('web');
  const workerEnv = { ...house.env, PORT: '0' };
  const worker = startServiceProcess('worker', workerEnv, house.directory);
  running.push(worker);
  await until('the web process is ready', house.isReady, 300_000);

  const ids = await house.customersOpen(EVENTS);
  await until(
    'a part is written',
    () => house.zendesk.account.tickets.find(ids[300]!)?.tags.some((tag) => tag.startsWith('category__')),
    300_000,
  );
  await worker.kill();
  running.push(startServiceProcess('worker', workerEnv, house.directory));

  await settle(house, database.url, ids);
  await expectEverythingOnce(house, database.url, ids);
}, 1_800_000);

test('kill -9 of the whole service in the middle of 2,000 events: what it missed while dead is repaired', async () => {
  house = await startFaultHouse();
  const first = start('all');
  await until('the service is ready', house.isReady, 300_000);

  const opening = house.customersOpen(EVENTS);
  await until(
    'the work has begun',
    () => house.zendesk.account.tickets.find(150)?.tags.some((tag) => tag.startsWith('category__')),
    300_000,
  );
  await first.kill();
  const ids = await opening;
  const second = start('all');
  await until('the service is ready again', house.isReady, 300_000);

  // The second process joined the PostgreSQL that outlived the first.
  const databaseUrl = embeddedUrl(house.env.DESKWRIGHT_DATA_DIR!);
  await settle(house, databaseUrl, ids);
  await expectEverythingOnce(house, databaseUrl, ids);
  expect(await second.end()).toBe(0);
}, 1_800_000);
