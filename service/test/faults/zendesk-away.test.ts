// What if Zendesk does not answer for a while?
import { expectEverythingOnce, type FaultHouse, settle, startFaultHouse } from '../../testing/fault-house.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const TICKETS = 150;

let house: FaultHouse;
let service: ServiceProcess;
let database: TestDatabase;

afterEach(async () => {
  await service.kill();
  await house.zendesk.stop();
  await database.drop();
});

test('Zendesk answering 500, 429 and not at all for a while: every event is decided once, nothing is lost or doubled', async () => {
  database = await createTestDatabase();
  house = await startFaultHouse({ databaseUrl: database.url });
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

  await settle(house, database.url, ids);
  await expectEverythingOnce(house, database.url, ids);
}, 1_800_000);
