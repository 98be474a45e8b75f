// Two services on one database, restarted one after another while events come, as in an upgrade without a pause.
import { expectEverythingOnce, type FaultHarness, settle, startFaultHarness } from '../../testing/fault-harness.ts';
import { freePort } from '../../testing/free-port.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const TICKETS = 15;

let database: TestDatabase;
let harness: FaultHarness;
const running: ServiceProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  harness = await startFaultHarness({ databaseUrl: database.url });
});
afterAll(async () => {
  const alive = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map(({ kill }) => kill()));
  await harness.zendesk.stop();
  await database.drop();
});

async function start(port: string): Promise<ServiceProcess> {
  const started = startServiceProcess('all', { ...harness.env, PORT: port }, harness.directory);
  running.push(started);
  await until(
    'it is ready',
    async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok ?? false,
    300_000,
  );
  return started;
}

test('nothing is lost or written twice', async () => {
  // Zendesk's webhook goes to the first; what it misses meanwhile, the export brings.
  const ports = [harness.env.PORT!, String(await freePort())];
  const first = [await start(ports[0]!), await start(ports[1]!)];
  const ids: number[] = [];
  for (const [at, port] of ports.entries()) {
    const inTheMiddle = harness.whenWritten(5, () => undefined);
    ids.push(...(await harness.customersOpen(TICKETS)));
    await inTheMiddle;
    expect(await first[at]!.end()).toBe(0);
    ids.push(...(await harness.customersOpen(TICKETS)));
    await start(port);
  }
  await settle(harness, database.url, ids);
  await expectEverythingOnce(harness, database.url, ids);
}, 1_800_000);
