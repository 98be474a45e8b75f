// What if PostgreSQL crashes in the middle of the work?
import { expectEverythingOnce, type FaultHouse, settle, startFaultHouse } from '../../testing/fault-house.ts';
import { answers, crashPostgres, embeddedUrl, stopOrphan } from '../../testing/restart-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';

const TICKETS = 100;

let house: FaultHouse;
let service: ServiceProcess;

afterEach(async () => {
  await service.kill();
  await house.zendesk.stop();
  stopOrphan(house.env.DESKWRIGHT_DATA_DIR!);
});

test('PostgreSQL crashed in the middle and started again by the service: every event is decided once, nothing is lost or doubled', async () => {
  house = await startFaultHouse();
  service = startServiceProcess('all', house.env, house.directory);
  await until('the service is ready', house.isReady, 300_000);
  const dataDir = house.env.DESKWRIGHT_DATA_DIR!;

  const crashed = house.whenWritten(20, () => crashPostgres(dataDir));
  const before = await house.customersOpen(TICKETS);
  await crashed;
  const meanwhile = await house.customersOpen(TICKETS);
  await until('PostgreSQL is there again', () => answers(dataDir), 300_000);

  const ids = [...before, ...meanwhile];
  await settle(house, embeddedUrl(dataDir), ids);
  await expectEverythingOnce(house, embeddedUrl(dataDir), ids);
  expect(service.child.exitCode).toBeNull();
}, 1_800_000);
