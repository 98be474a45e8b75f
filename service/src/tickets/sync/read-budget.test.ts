import { sql } from 'drizzle-orm';
import { aZendesk, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { takeToken } from '../../platform/outbox/rate.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { until } from '../../platform/testing/until.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { aRestTicket } from '../process/testing/pipeline-fixture.ts';
import { chargingReadBudget, leavingHalf, waitingForReadBudget, withinReadBudget } from './read-budget.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

function fixture() {
  const read: number[] = [];
  const showTicket = async (id: number) => (read.push(id), aRestTicket({ id }));
  return { read, zendesk: aZendesk({ showTicket }) };
}
/** A Zendesk that answers nothing of weight, and what it was asked. */
function counting(part: Partial<Zendesk> = {}) {
  const calls: string[] = [];
  const answer =
    <T>(name: string, value: T) =>
    async (what: unknown) => (calls.push(`${name} ${String(what)}`), value);
  const zendesk = aZendesk({
    showTicket: answer('showTicket', aRestTicket()),
    listComments: answer('listComments', []),
    lastSolvedAt: answer('lastSolvedAt', null),
    showUsers: answer('showUsers', []),
    ...part,
  });
  return { zendesk, calls };
}
const MANY = Array.from({ length: 60 }, (_, n) => n + 1);
const tokens = async () => {
  const { rows } = await database.db.execute<{ tokens: number }>(
    sql`SELECT tokens FROM write_budget WHERE name = 'zendesk-reads'`,
  );
  return rows[0]?.tokens ?? 0;
};

test('limits processes together to the budget, and says when to try again', async () => {
  const { read, zendesk } = fixture();
  const other = openDatabase(database.url);
  try {
    const here = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 60 });
    const there = withinReadBudget(zendesk, { db: other, readsPerMinute: 60 });
    const began = performance.now();
    const all = await Promise.allSettled(MANY.map((id) => (id % 2 ? here : there).showTicket(id)));

    expect(read.length).toBeGreaterThanOrEqual(10);
    // A second of a slow machine brings another.
    expect(read.length).toBeLessThanOrEqual(11 + (performance.now() - began) / 1_000);
    const refused = all.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { kind: 'busy', retryAfterMs: expect.any(Number) } });
  } finally {
    await other.$client.end();
  }
});

test('always allows reads for agents, which delay those for events', async () => {
  const { read, zendesk } = fixture();
  const agents = chargingReadBudget(zendesk, { db: database.db, readsPerMinute: 0.1, logger: silentLogger });
  for (const id of MANY) await agents.showTicket(id);
  expect(read).toEqual(MANY);

  await until(async () => (await tokens()) < -50);
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 0.1 });
  await expect(events.showTicket(99)).rejects.toMatchObject({ kind: 'busy' });
});

test('counts all reads that a ticket needs, and lets a started ticket finish', async () => {
  const { zendesk, calls } = counting();
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 0.1 });
  await events.listComments(1);
  await events.lastSolvedAt(1);
  await events.showUsers([5]);
  expect(calls).toEqual(['listComments 1', 'lastSolvedAt 1', 'showUsers 5']);
  expect(await tokens()).toBeLessThan(-1.5);
  await expect(events.listComments(2)).rejects.toMatchObject({ kind: 'busy' });
  await expect(events.lastSolvedAt(3)).rejects.toMatchObject({ kind: 'busy' });
  expect(calls).toHaveLength(3);
});

test('makes repairs wait, and keeps the last reads for events', async () => {
  const { zendesk, calls } = counting();
  const repairs = waitingForReadBudget(zendesk, { db: database.db, readsPerMinute: 60 }, new AbortController().signal);
  const done = Promise.all(MANY.slice(0, 10).map((id) => repairs.listComments(id)));
  await until(async () => calls.length >= 6);
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 60 });
  await events.showTicket(99);
  expect(calls.length).toBeLessThan(10);
  await done;
});

test('ends waiting repairs when the service stops', async () => {
  const { zendesk, calls } = counting();
  const stopping = new AbortController();
  const repairs = waitingForReadBudget(zendesk, { db: database.db, readsPerMinute: 0.1 }, stopping.signal);
  await repairs.listComments(1);
  const second = repairs.listComments(2);
  stopping.abort();
  await expect(second).rejects.toMatchObject({ kind: 'busy' });
  expect(calls).toEqual(['listComments 1']);
});

test("leaves half of the account's limit to others during the first import", async () => {
  const waits = [0, 5, 5, 0];
  const { zendesk, calls } = counting({ scarceMs: () => waits.shift() ?? 0 });
  const importing = leavingHalf(zendesk, new AbortController().signal);
  await importing.listComments(1);
  await importing.listComments(2);
  expect([calls, waits]).toEqual([['listComments 1', 'listComments 2'], []]);
});

test('keeps reads and writes separate', async () => {
  const { zendesk } = fixture();
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 0.1 });
  await events.showTicket(1);
  await expect(events.showTicket(2)).rejects.toMatchObject({ kind: 'busy' });

  expect(await takeToken(database.db, 'zendesk', 60)).toEqual({ granted: true });
});
