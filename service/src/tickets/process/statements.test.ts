import pg from 'pg';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { storeBatch } from '../receive/inbox.ts';
import { readDelivery } from '../receive/read-delivery.ts';
import { anEnvelope, type EnvelopeParts } from '../receive/testing/an-envelope.ts';
import { processBatch } from './process-batch.ts';
import { at, CUSTOMER, change, comment, NEW, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  jest.restoreAllMocks();
  return database.clear();
});
afterAll(() => database.drop());
const { log, effects, heard } = pipelineFixture(() => database);

const TICKETS = Array.from({ length: 50 }, (_, n) => n + 1);

async function store(events: readonly EnvelopeParts[]): Promise<number> {
  const deliveries = events.map((event) =>
    readDelivery(Buffer.from(JSON.stringify(anEnvelope({ ...event, detail: { ...NEW, ...event.detail } }))), null),
  );
  return (
    await storeBatch(
      database.db.$client,
      deliveries.flatMap((delivery) => delivery ?? []),
    )
  ).batch;
}

/** How many statements the processing of a batch sends to PostgreSQL. */
async function statementsOf(batch: number): Promise<number> {
  const sent = jest.spyOn(pg.Client.prototype, 'query');
  await processBatch(pipelineDeps(database.db), batch);
  const count = sent.mock.calls.length;
  sent.mockRestore();
  return count;
}

const opened = (ticketId: number) => ({ ticketId, ...at(1), detail: { updated_at: at(1).updated_at } });

test('fifty new tickets in one batch cost as many statements as one ticket', async () => {
  expect(await statementsOf(await store(TICKETS.map(opened)))).toBeLessThanOrEqual(30);
  expect(await log()).toHaveLength(50);
  expect(await effects()).toHaveLength(50);
  expect((await heard()).every(({ state }) => state === 'decided')).toBe(true);
});

test('one comment on a known ticket costs few statements', async () => {
  await processBatch(pipelineDeps(database.db), await store([opened(1)]));
  await database.db.update(outbox).set({ state: 'done' });
  // With BEGIN and COMMIT.
  expect(await statementsOf(await store([{ ...comment(2, '2001', CUSTOMER), ticketId: 1 }]))).toBeLessThanOrEqual(16);
  expect(await log()).toHaveLength(2);
});

test('so does another comment on each of fifty tickets, and two at once', async () => {
  await processBatch(pipelineDeps(database.db), await store(TICKETS.map(opened)));
  const said = (second: number) =>
    TICKETS.map((ticketId) => ({ ...comment(second, String(second * 1_000 + ticketId), CUSTOMER), ticketId }));
  expect(await statementsOf(await store(said(2)))).toBeLessThanOrEqual(30);
  expect(await statementsOf(await store([...said(3), ...said(4)]))).toBeLessThanOrEqual(35);
  expect(await log()).toHaveLength(150);
  expect((await heard()).filter(({ state }) => state === 'waiting')).toEqual([]);
});

test('tickets that need different statements share those that all of them need', async () => {
  const comments = (second: number, ticketIds: readonly number[]) =>
    ticketIds.map((ticketId) => ({
      ...comment(second, String(second * 1_000 + ticketId), CUSTOMER),
      ticketId,
    }));
  await processBatch(pipelineDeps(database.db), await store(TICKETS.map(opened)));
  const known = comments(2, [1, 2, 3]);
  const twice = [...comments(3, [4]), ...comments(4, [4])];
  const renamed = { ...change(5, 'ticket.subject_changed', { subject: 'Another' }), ticketId: 5 };
  // One more of each statement for the ticket with two events, none for the others.
  expect(await statementsOf(await store([...known, ...twice, renamed, opened(51), opened(52)]))).toBeLessThanOrEqual(
    25,
  );
  expect(await log()).toHaveLength(57);
  expect((await heard()).filter(({ state }) => state === 'waiting')).toEqual([]);
});
