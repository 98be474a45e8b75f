// Tests that one event which ends every process that handles it is dead-lettered.
import { and, eq } from 'drizzle-orm';
import { signedHeaders } from '../../src/tickets/receive/testing/an-envelope.ts';
import { inbox } from '../../src/tickets/tables.ts';
import { endClaims, type FaultHarness, startFaultHarness } from '../../testing/fault-harness.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

/** Processes that start several times: on a machine that runs all tests at once each takes long. */
const LONG_MS = 300_000;

let harness: FaultHarness;
let database: TestDatabase;
const running: ServiceProcess[] = [];
function start(role: 'web' | 'worker', env: Record<string, string> = {}): ServiceProcess {
  const started = startServiceProcess(role, { ...harness.env, ...env }, harness.directory);
  running.push(started);
  return started;
}

beforeEach(async () => {
  database = await createTestDatabase();
  harness = await startFaultHarness({ databaseUrl: database.url });
});
afterEach(async () => {
  const alive = running.splice(0).filter(({ child }) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map(({ kill }) => kill()));
  await harness.zendesk.stop();
  await database.drop();
});

async function sendHint(ticketId: number): Promise<void> {
  const body = JSON.stringify({ ticket_id: ticketId });
  const headers = signedHeaders(harness.env['ZENDESK_WEBHOOK_SECRET'] ?? '', body, { invocation: `hint-${ticketId}` });
  const { status } = await fetch(`${harness.serviceUrl}/webhooks/zendesk`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}

test('an event whose processing is killed five times by kill -9 is dead-lettered, and no other', async () => {
  start('web');
  await until('the web process is ready', harness.isReady, LONG_MS);
  const ids = await harness.customersOpen(6);
  const [killer = 0] = ids;
  await until('all webhooks are sent', () => harness.zendesk.webhooks.unfinished() === 0, LONG_MS);
  await Promise.all(ids.map(sendHint));
  harness.zendesk.faults.rest.add({ answer: 'timeout', method: 'GET', path: `/api/v2/tickets/${killer}.json` });
  const isKiller = and(eq(inbox.type, 'trigger'), eq(inbox.ticketId, killer));
  const readKiller = async () => (await database.db.select().from(inbox).where(isKiller))[0];

  for (const died of [1, 2, 5]) {
    // Each death counts one, as the first two show: the next two are only counted.
    if (died === 5) await database.db.update(inbox).set({ unfinished: 4 }).where(isKiller);
    const worker = start('worker', { PORT: '0' });
    await until('the event is in hand', async () => (await readKiller())?.unfinished === died, LONG_MS);
    await worker.kill();
    await endClaims(database.url);
  }
  start('worker', { PORT: '0' });

  const events = () => database.db.select().from(inbox);
  await until('nothing waits', async () => (await events()).every(({ state }) => state !== 'waiting'), LONG_MS);
  expect((await events()).filter(({ state }) => state === 'parked')).toEqual([
    expect.objectContaining({
      type: 'trigger',
      ticketId: killer,
      attempts: 0,
      error: expect.stringContaining('5 times'),
    }),
  ]);
}, 900_000);
