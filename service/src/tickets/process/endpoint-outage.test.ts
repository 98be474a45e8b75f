import { setTimeout as pause } from 'node:timers/promises';
import { pipelineDeps, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../platform/testing/until.ts';
import { keepOutages, listOutages } from '../../zendesk/outages.ts';
import { startRealFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import { storeBatch } from '../receive/inbox.ts';
import { readDelivery } from '../receive/read-delivery.ts';
import { anEnvelope } from '../receive/testing/an-envelope.ts';
import { inbox } from '../tables.ts';
import { processBatch } from './process-batch.ts';
import { change, NEW } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
/** Of the client, in epoch milliseconds; null: it goes on. */
let stoppedAt: number | null = null;
let fixture: Awaited<ReturnType<typeof startRealFixture>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  stoppedAt = null;
  fixture = await startRealFixture({
    onOutage: keepOutages(database.db, silentLogger),
    clock: () => stoppedAt ?? Date.now(),
    limits: { backoffMs: 1, timeoutMs: 120_000 },
  });
  await fixture.zendesk.me();
});
afterEach(() => fixture.stop());
afterAll(() => database.drop());

async function store(...bodies: unknown[]): Promise<number> {
  const deliveries = bodies.flatMap((body) => readDelivery(Buffer.from(JSON.stringify(body)), null) ?? []);
  return (await storeBatch(database.db.$client, deliveries)).batch;
}
const hint = (ticketId: number) => ({ ticket_id: ticketId });
const rows = async () =>
  (await database.db.select().from(inbox).orderBy(inbox.id)).map(({ state, attempts }) => [state, attempts]);
const work = (batch: number) => processBatch(pipelineDeps(database.db, { zendesk: fixture.zendesk }), batch);
const outages = async () => (await listOutages(database.db, 60_000)).map(({ endpoint, status }) => [endpoint, status]);
/** As the job queue does, when what it waited for is over. */
const workUntilDone = (batch: number) =>
  until(async () => {
    await work(batch).catch(() => pause(100));
    return (await rows()).every(([state]) => state !== 'waiting');
  });

test('an outage of ticket reads alone uses up no tries, is reported, and the tickets are read when it ends', async () => {
  const ids = [await fixture.aTicket(), await fixture.aTicket()];
  fixture.local.faults.rest.add({ answer: 500, path: '/api/v2/tickets' });
  const batch = await store(...ids.map(hint));
  for (let tries = 0; tries < 12; tries += 1) await expect(work(batch)).rejects.toThrow('GET');
  expect(await rows()).toEqual([
    ['waiting', 0],
    ['waiting', 0],
  ]);
  await until(async () => (await outages()).length > 0);
  expect(await outages()).toEqual([['GET /api/v2/tickets/:id', 500]]);

  fixture.local.faults.reset();
  await workUntilDone(batch);
  expect(await rows()).toEqual(ids.map(() => ['decided', 0]));
  await until(async () => (await outages()).length === 0);
});

test('during an outage the endpoint is not called again for each waiting event', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 20; n++) ids.push(await fixture.aTicket());
  stoppedAt = Date.now();
  const fault = fixture.local.faults.rest.add({ answer: 503, path: '/api/v2/tickets' });
  for (const id of ids) await expect(work(await store(hint(id)))).rejects.toThrow('GET');
  const [struck] = fixture.local.faults.rest.state().filter(({ id }) => id === fault.id);
  expect(struck?.struck).toBeLessThan(20);
});

test('one unreadable ticket is dead-lettered after five tries, and the others are read', async () => {
  const ids = [await fixture.aTicket(), await fixture.aTicket()];
  fixture.local.faults.rest.add({ answer: 500, path: `/api/v2/tickets/${ids[0]}.json` });
  fixture.local.faults.rest.add({ answer: 500, path: `/api/v2/tickets/${ids[0]}?` });
  const batch = await store(...ids.map(hint));
  await workUntilDone(batch);
  expect(await rows()).toEqual([
    ['parked', 5],
    ['decided', 0],
  ]);
});

test('an outage of comment reads delays only the events that need comments', async () => {
  const [commented, hinted] = [await fixture.aTicket(), await fixture.aTicket()];
  const madePrivate = anEnvelope({
    ...change(8, 'ticket.comment_made_private', {}, { comment: { id: '77' } }),
    ticketId: commented,
    detail: NEW,
  });
  fixture.local.faults.rest.add({ answer: 500, path: `/api/v2/tickets/${commented}/comments` });
  fixture.local.faults.rest.add({ answer: 500, path: `/api/v2/tickets/${Number.MAX_SAFE_INTEGER}/comments` });
  const batch = await store(madePrivate, hint(hinted));
  for (let tries = 0; tries < 8; tries += 1) await expect(work(batch)).rejects.toThrow('comments');
  expect(await rows()).toEqual([
    ['waiting', 0],
    ['decided', 0],
  ]);

  fixture.local.faults.reset();
  await workUntilDone(batch);
  expect((await rows()).map(([, attempts]) => attempts)).toEqual([0, 0]);
});
