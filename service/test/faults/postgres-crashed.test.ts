// Tests a crash of PostgreSQL in the middle of work.
import { expectEverythingOnce, type FaultHarness, settle, startFaultHarness } from '../../testing/fault-harness.ts';
import { answers, crashPostgres, embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';

const TICKETS = 100;

let harness: FaultHarness;
let service: ServiceProcess;

afterEach(async () => {
  await service.kill();
  await harness.zendesk.stop();
  stopOrphan(harness.env.DESKWRIGHT_DATA_DIR!);
});

test('after a crash and restart of PostgreSQL every event is decided once, and nothing is lost or duplicated', async () => {
  harness = await startFaultHarness();
  service = startServiceProcess('all', harness.env, harness.directory);
  await until('the service is ready', harness.isReady, 300_000);
  const dataDir = harness.env.DESKWRIGHT_DATA_DIR!;

  const crashed = harness.whenWritten(20, () => crashPostgres(dataDir));
  const before = await harness.customersOpen(TICKETS);
  await crashed;
  const meanwhile = await harness.customersOpen(TICKETS);
  await until('PostgreSQL is there again', () => answers(dataDir), 300_000);

  const ids = [...before, ...meanwhile];
  await settle(harness, embeddedUrl(dataDir), ids);
  await expectEverythingOnce(harness, embeddedUrl(dataDir), ids);
  expect(service.child.exitCode).toBeNull();
}, 1_800_000);
