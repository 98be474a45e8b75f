// Tests killing the whole service in the middle of work.
import {
  countOpen,
  endClaims,
  expectEverythingOnce,
  type FaultHarness,
  settle,
  startFaultHarness,
} from '../../testing/fault-harness.ts';
import { embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';

const TICKETS = 60;

let harness: FaultHarness;
const running: ServiceProcess[] = [];
const start = () => {
  const started = startServiceProcess('all', harness.env, harness.directory);
  running.push(started);
  return started;
};

afterEach(async () => {
  const alive = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map(({ kill }) => kill()));
  await harness.zendesk.stop();
  stopOrphan(harness.env.DESKWRIGHT_DATA_DIR!);
});

test('after kill -9 of the whole service, the changes it missed are repaired', async () => {
  harness = await startFaultHarness();
  const first = start();
  await until('the service is ready', harness.isReady, 300_000);

  const killed = harness.whenWritten(20, () => first.child.kill('SIGKILL'));
  const before = await harness.customersOpen(TICKETS);
  await killed;
  await first.kill();
  // Its PostgreSQL outlives it; the second process joins it.
  const databaseUrl = embeddedUrl(harness.env.DESKWRIGHT_DATA_DIR!);
  expect(await countOpen(databaseUrl)).toBeGreaterThan(0);
  const meanwhile = await harness.customersOpen(TICKETS);
  await until('Zendesk has met nobody', () => harness.zendesk.webhooks.unfinished() === 0, 300_000);
  await endClaims(databaseUrl);
  const second = start();
  await until('the service is ready again', harness.isReady, 300_000);

  const ids = [...before, ...meanwhile];
  await settle(harness, databaseUrl, ids);
  await expectEverythingOnce(harness, databaseUrl, ids);
  expect(await second.end()).toBe(0);
}, 1_800_000);
