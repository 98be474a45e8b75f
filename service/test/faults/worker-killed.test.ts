// Tests killing the worker in the middle of work.
import {
  countOpen,
  endClaims,
  expectEverythingOnce,
  type FaultHarness,
  settle,
  startFaultHarness,
} from '../../testing/fault-harness.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

/** So many that Zendesk is written to ticket by ticket at first and in bulk jobs afterwards. */
const TICKETS = 300;

let harness: FaultHarness;
let database: TestDatabase;
const running: ServiceProcess[] = [];
const start = (role: 'web' | 'worker') => {
  const env = role === 'web' ? harness.env : { ...harness.env, PORT: '0' };
  const started = startServiceProcess(role, env, harness.directory);
  running.push(started);
  return started;
};

afterEach(async () => {
  const alive = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map(({ kill }) => kill()));
  await harness.zendesk.stop();
  await database.drop();
});

test('after kill -9 of the worker each event is decided once, and nothing is lost or duplicated', async () => {
  database = await createTestDatabase();
  harness = await startFaultHarness({ databaseUrl: database.url });
  start('web');
  const worker = start('worker');
  await until('the web process is ready', harness.isReady, 300_000);

  // In a bulk job, or between a write and its answer: the worker does not learn what became of it.
  const killed = harness.whenWritten(50, () => worker.child.kill('SIGKILL'));
  const ids = await harness.customersOpen(TICKETS);
  await killed;
  await worker.kill();
  expect(await countOpen(database.url)).toBeGreaterThan(0);
  await endClaims(database.url);
  start('worker');

  await settle(harness, database.url, ids);
  await expectEverythingOnce(harness, database.url, ids);
}, 1_800_000);
