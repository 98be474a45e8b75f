// A journey of one ticket with very many events, among others.

import { processBatchJob } from '../../src/tickets/jobs.ts';
import { NEW } from '../../src/tickets/process/testing/pipeline-fixture.ts';
import { storeBatch } from '../../src/tickets/receive/inbox.ts';
import { readDelivery } from '../../src/tickets/receive/read-delivery.ts';
import { anEnvelope } from '../../src/tickets/receive/testing/an-envelope.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const FLOODED = 700_001;
const pool = () => harness.database.db.$client;

/** Stores `count` changes of a ticket's subject as one batch. */
async function store(ticketId: number, count: number): Promise<{ batch: number }> {
  const deliveries = Array.from({ length: count }, (_, n) =>
    readDelivery(Buffer.from(JSON.stringify(anEnvelope({ ticketId, detail: { ...NEW, subject: `Tent ${n}` } }))), null),
  );
  const { batch } = await storeBatch(
    pool(),
    deliveries.flatMap((delivery) => delivery ?? []),
  );
  return { batch };
}
async function count(text: string, ...values: unknown[]): Promise<number> {
  const { rows } = await pool().query<{ count: string }>(text, values);
  return Number(rows[0]?.count);
}
const decisionsOf = (from: number, to: number) =>
  count('SELECT count(*) FROM decisions WHERE ticket_id BETWEEN $1 AND $2', from, to);

test('other tickets are decided while 500 events of one ticket are processed with one decision', async () => {
  const lock = await pool().connect();
  await lock.query('SELECT pg_advisory_lock($1)', [FLOODED]);
  const batches: { batch: number }[] = [];
  for (let n = 0; n < 240; n += 1) batches.push(await store(FLOODED, 5));
  await harness.queue.enqueueMany(processBatchJob, batches);
  try {
    await until('the flood waits for its ticket', () =>
      count("SELECT count(*) FROM inbox WHERE held_by IS NOT NULL AND state = 'waiting'"),
    );

    const others: { batch: number }[] = [];
    for (let n = 1; n <= 20; n += 1) others.push(await store(800_000 + n, 1));
    await harness.queue.enqueueMany(processBatchJob, others);
    await until('the others are decided', async () => (await decisionsOf(800_001, 800_020)) === 20);
    expect(await decisionsOf(FLOODED, FLOODED)).toBe(0);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [FLOODED]);
    lock.release();
  }
  await until('nothing waits', async () => (await count("SELECT count(*) FROM inbox WHERE state = 'waiting'")) === 0);
  expect(await decisionsOf(FLOODED, FLOODED)).toBe(3);
});
