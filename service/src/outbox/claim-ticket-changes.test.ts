import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { claimTicketChanges, renewLease } from './claim-ticket-changes.ts';
import { recordEffect } from './record-effect.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

let keys = 0;
const wish = (ticketId: number) =>
  recordEffect(database.db, { kind: 'ticket_change', key: `w:${++keys}`, ticketId, cause: 'decision', change: {} });
const claim = (options: { fresh?: boolean; tickets?: number; leaseMs?: number } = {}) =>
  claimTicketChanges(database.db, { fresh: true, tickets: 10, leaseMs: 60_000, ...options });
const letLeasesEnd = () => database.db.execute(sql`UPDATE outbox SET claimed_until = now() - interval '1 second'`);

test('a claim takes all wishes of a ticket, oldest first', async () => {
  await wish(42);
  await wish(43);
  await wish(42);
  const claimed = await claim();
  expect(claimed.map((rows) => rows.map((row) => [row.ticketId, row.id]))).toEqual([
    [
      [42, 1],
      [42, 3],
    ],
    [[43, 2]],
  ]);
});

test('a wish that comes while its ticket is being written waits until that is over', async () => {
  await wish(42);
  await claim();
  await wish(42);
  expect(await claim()).toEqual([]);
  expect(await claim({ fresh: false })).toEqual([]);
});

test('what a dead process held is claimed in doubt once its lease has ended, and not as fresh', async () => {
  await wish(42);
  await claim();
  await letLeasesEnd();
  expect(await claim({ fresh: true })).toEqual([]);
  expect(await claim({ fresh: false })).toMatchObject([[{ ticketId: 42, inDoubt: true, attempts: 2 }]]);
});

test('a lease is renewed only by the claim that holds it', async () => {
  await wish(42);
  const [first = []] = await claim();
  expect(await renewLease(database.db, first, 60_000)).toBe(true);
  await letLeasesEnd();
  const [second = []] = await claim({ fresh: false });
  expect(await renewLease(database.db, first, 60_000)).toBe(false);
  expect(await renewLease(database.db, second, 60_000)).toBe(true);
});

test('processes that claim at the same moment never share a ticket', async () => {
  for (let round = 0; round < 5; round++) {
    await database.clear();
    for (let id = 1; id <= 30; id++) {
      await wish((id % 10) + 1);
    }
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim({ tickets: 3 })));
    const tickets = claims.flat().map((rows) => rows[0]?.ticketId);
    expect(new Set(tickets).size).toBe(tickets.length);
    expect(claims.flat().every((rows) => rows.length === 3)).toBe(true);
  }
});
