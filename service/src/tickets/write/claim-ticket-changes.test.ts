import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type ClaimOptions, claimTicketChanges, renewLease } from './claim-ticket-changes.ts';
import type { Cause } from './effects.ts';
import { recordEffect } from './record-effect.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

let keys = 0;
const wish = (ticketId: number, cause: Cause = 'decision') =>
  recordEffect(database.db, { kind: 'ticket_change', key: `w:${++keys}`, ticketId, cause, change: {} });
const claim = (options: Partial<ClaimOptions> = {}) =>
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

test('agents’ acts are claimed before answers, answers before decisions, however long these have waited', async () => {
  await wish(42);
  await wish(43, 'answer');
  await wish(44);
  await wish(44, 'agent');
  const next = async () => (await claim({ tickets: 1 })).map(([row]) => row?.ticketId);
  expect([await next(), await next(), await next(), await next()]).toEqual([[44], [43], [42], []]);
});

test('tickets in which an agent did something can be claimed alone, or left out', async () => {
  await wish(42);
  await wish(43, 'agent');
  await wish(43);
  expect((await claim({ agentActs: 'left_out' })).map((rows) => rows.map((row) => row.ticketId))).toEqual([[42]]);
  expect((await claim({ agentActs: 'only' })).map((rows) => rows.map((row) => row.ticketId))).toEqual([[43, 43]]);
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
  expect(await claim({ fresh: false })).toMatchObject([
    [{ ticketId: 42, inDoubt: true, claim: 2, attempts: 0, unfinished: 1 }],
  ]);
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
