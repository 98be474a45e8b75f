// Tests an outage of Zendesk.
import { expectEverythingOnce, type FaultHarness, settle, startFaultHarness } from '../../testing/fault-harness.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const TICKETS = 150;

let harness: FaultHarness;
let service: ServiceProcess;
let database: TestDatabase;

afterEach(async () => {
  await service.kill();
  await harness.zendesk.stop();
  await database.drop();
});

test('while Zendesk answers 500, 429 or nothing for a time, every event is decided once, and nothing is lost or duplicated', async () => {
  database = await createTestDatabase();
  harness = await startFaultHarness({ databaseUrl: database.url });
  service = startServiceProcess('all', harness.env, harness.directory);
  await until('the service is ready', harness.isReady, 300_000);
  const { rest } = harness.zendesk.faults;
  const rules = [
    rest.add({ answer: 500, rate: 0.4 }),
    rest.add({ answer: 429, rate: 0.4, retry_after: 1 }),
    rest.add({ answer: 'timeout', rate: 0.4 }),
  ];

  const ids = await harness.customersOpen(TICKETS);
  const allHaveStruck = () => rest.state().filter(({ struck }) => struck > 0).length === rules.length;
  await until('Zendesk has refused and hung', allHaveStruck, 300_000);
  rest.clear();

  await settle(harness, database.url, ids);
  await expectEverythingOnce(harness, database.url, ids);
}, 1_800_000);
