// What if the whole service is killed in the middle of its work?
import {
  countOpen,
  endClaims,
  expectEverythingOnce,
  type FaultHouse,
  settle,
  startFaultHouse,
} from '../../testing/fault-house.ts';
import { embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';

const TICKETS = 150;

let house: FaultHouse;
const running: ServiceProcess[] = [];
const start = () => {
  const started = startServiceProcess('all', house.env, house.directory);
  running.push(started);
  return started;
};

afterEach(async () => {
  const alive = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map(({ kill }) => kill()));
  await house.zendesk.stop();
  stopOrphan(house.env.DESKWRIGHT_DATA_DIR!);
});

test('kill -9 of the whole service in the middle of its work: what it missed while dead is repaired', async () => {
  house = await startFaultHouse();
  const first = start();
  await until('the service is ready', house.isReady, 300_000);

  const killed = house.whenWritten(30, () => first.child.kill('SIGKILL'));
  const before = await house.customersOpen(TICKETS);
  await killed;
  await first.kill();
  // Its PostgreSQL outlives it; the second process joins it.
  const databaseUrl = embeddedUrl(house.env.DESKWRIGHT_DATA_DIR!);
  expect(await countOpen(databaseUrl)).toBeGreaterThan(0);
  const meanwhile = await house.customersOpen(TICKETS);
  await until('Zendesk has met nobody', () => house.zendesk.webhooks.unfinished() === 0, 300_000);
  await endClaims(databaseUrl);
  const second = start();
  await until('the service is ready again', house.isReady, 300_000);

  const ids = [...before, ...meanwhile];
  await settle(house, databaseUrl, ids);
  await expectEverythingOnce(house, databaseUrl, ids);
  expect(await second.end()).toBe(0);
}, 1_800_000);
