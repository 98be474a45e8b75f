import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { createZendesk } from '../../zendesk/create-zendesk.ts';
import { createCallCounter } from '../../zendesk/testing/call-counter.ts';
import { SILENT, startRealFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { snapshotFromRest } from '../projection/apply-snapshot.ts';
import { tickets } from '../tables.ts';
import { type PerformDeps, performEffects } from './testing/outbox-fixture.ts';
import { recordTicketChange } from './ticket-change.ts';

let database: TestDatabase;
let fixture: Awaited<ReturnType<typeof startRealFixture>>;
let deps: PerformDeps;
/** For answers that never come: what it gives up on, a slow answer too, is done once all the same. */
let impatient: Zendesk;
const calls = createCallCounter();
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startRealFixture({ onCall: calls.count, limits: { backoffMs: 10, timeoutMs: 120_000 } });
  await fixture.zendesk.me();
  impatient = createZendesk({
    baseUrl: fixture.local.url,
    oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
    clock: Date.now,
    logger: SILENT,
    onCall: calls.count,
    limits: { backoffMs: 10, timeoutMs: 1_000 },
  });
});
beforeEach(async () => {
  await database.clear();
  calls.reset();
  deps = {
    db: database.db,
    zendesk: fixture.zendesk,
    reread: project,
    writesPerMinute: () => 6_000,
    logger: SILENT,
    limits: { workMs: 5_000, backoffMs: 200 },
  };
});
afterEach(() => fixture.local.faults.reset());
afterAll(async () => {
  await fixture.stop();
  await database.drop();
});

async function project(ticketId: number): Promise<void> {
  const ticket = await fixture.zendesk.showTicket(ticketId);
  if (!ticket) throw new Error('no such ticket');
  const row = snapshotFromRest(ticket, new Date());
  await database.db.insert(tickets).values(row).onConflictDoUpdate({ target: tickets.id, set: row });
}

async function anEffect(ticketId: number): Promise<void> {
  await recordTicketChange(database.db, {
    key: `decision:${ticketId}`,
    ticketId,
    cause: 'decision',
    change: { addTags: ['category__bug'], priority: 'high', note: `Bug ${ticketId}` },
  });
}

async function manyEffects(size: number): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < size; i++) ids.push(await fixture.aTicket());
  for (const ticket of await fixture.zendesk.showTickets(ids))
    await database.db.insert(tickets).values(snapshotFromRest(ticket, new Date()));
  for (const id of ids) await anEffect(id);
  calls.reset();
  return ids;
}

/** Runs the outbox as the job does, coming back when it says so, until nothing waits. */
async function performAll(processes = 1): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    await Promise.all(Array.from({ length: processes }, () => performEffects(deps)));
    if (await nothingWaits()) return;
    if (Date.now() > deadline) throw new Error('The outbox does not come to rest');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const nothingWaits = async () => (await statesOf()).every((state) => state !== 'waiting' && state !== 'in_flight');
const statesOf = async () => [...new Set((await database.db.select().from(outbox)).map((row) => row.state))];
const notesOf = (id: number) =>
  fixture.local.account.tickets
    .comments(id)
    .filter((comment) => !comment.public)
    .map((comment) => comment.body);

function expectDoneOnce(ids: readonly number[]): void {
  for (const id of ids) {
    expect(notesOf(id)).toEqual([`Bug ${id}`]);
    expect(fixture.local.account.tickets.find(id)).toMatchObject({
      tags: ['category__bug', 'tents'],
      priority: 'high',
    });
  }
}

test("a person's change made while the answer is on its way counts as newer than the answer", async () => {
  const id = await fixture.aTicket();
  await project(id);
  await anEffect(id);
  let answeredAt = 0;
  deps.zendesk = {
    ...fixture.zendesk,
    updateTicket: async (...write) => {
      const answer = await fixture.zendesk.updateTicket(...write);
      answeredAt = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return answer;
    },
  };

  await performAll();

  const [row] = await database.db.select().from(tickets);
  expect(row?.tags).toContain('category__bug');
  expect(row?.snapshotAt.getTime()).toBeLessThanOrEqual(answeredAt);
});

test('a new ticket costs one write and no read', async () => {
  const ids = await manyEffects(1);
  await performAll();
  expectDoneOnce(ids);
  expect(calls.counts()).toEqual({ 'PUT /api/v2/tickets/:id ok': 1 });
});

test('a backlog costs one write for a hundred tickets', async () => {
  const ids = await manyEffects(120);
  await performAll();
  expectDoneOnce(ids);
  expect(calls.writes()).toBe(2);
  expect(await statesOf()).toEqual(['done']);
});

test('everything is written once by two processes after 429, 500, 503 and timeouts', async () => {
  const ids = await manyEffects(8);
  const { rest } = fixture.local.faults;
  deps.limits = { ...deps.limits, handful: 20 };
  deps.zendesk = impatient;
  for (const answer of [429, 500, 503, 'timeout'] as const)
    rest.add({ answer, next: 2, method: 'PUT', path: '/api/v2/tickets', retry_after: 1 });
  await performAll(2);
  expect(await statesOf()).toEqual(['done']);
  expectDoneOnce(ids);
});

test('an outage uses up no tries, costs one read a probe, and is recovered from automatically', async () => {
  const ids = await manyEffects(3);
  fixture.local.faults.rest.add({ answer: 500 });
  await performEffects({ ...deps, limits: { workMs: 0 } });
  calls.reset();
  for (let probe = 1; probe <= 25; probe++) {
    await database.db.execute(sql`UPDATE write_budget SET blocked_until = NULL`);
    expect((await performEffects({ ...deps, limits: { workMs: 0 } })).againInMs).toBeLessThanOrEqual(5_000);
    expect(calls.counts()).toEqual({ 'GET /api/v2/users/me unavailable': probe });
  }
  expect(new Set((await database.db.select().from(outbox)).map(({ attempts }) => attempts))).toEqual(new Set([0]));

  fixture.local.faults.reset();
  await database.db.execute(sql`UPDATE write_budget SET blocked_until = NULL`);
  // A run ends after five seconds, whatever is left.
  await performAll();
  expect((await database.db.select().from(outbox)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  for (const id of ids) expect((await fixture.zendesk.listComments(id)).length).toBe(2);
});

/** Lets what waits be due, so often that a failure of its own would set a row aside. */
async function tryAgainAndAgain(): Promise<void> {
  for (let round = 0; round < 25; round++) {
    await database.db.execute(sql`UPDATE write_budget SET blocked_until = NULL`);
    await database.db.execute(sql`UPDATE outbox SET due_at = now() WHERE state = 'waiting'`);
    await database.db.execute(sql`UPDATE outbox SET claimed_until = now() WHERE state = 'in_flight'`);
    await performEffects({ ...deps, limits: { workMs: 0 } });
  }
}
const attempts = async () => (await database.db.select().from(outbox)).map((row) => row.attempts);

test('an outage of ticket updates alone uses up no tries and is recovered from automatically', async () => {
  const ids = await manyEffects(4);
  fixture.local.faults.rest.add({ answer: 500, method: 'PUT', path: '/api/v2/tickets/' });
  await tryAgainAndAgain();
  expect(await statesOf()).not.toContain('parked');
  expect(new Set(await attempts())).toEqual(new Set([0]));

  fixture.local.faults.reset();
  await performAll();
  expectDoneOnce(ids);
});

test('unreadable audits delay only effects in doubt', async () => {
  const [doubtful = 0, sure = 0] = await manyEffects(2);
  await database.db.execute(
    sql`UPDATE outbox SET state = 'in_flight', claimed_until = now() WHERE ticket_id = ${doubtful}`,
  );
  fixture.local.faults.rest.add({ answer: 500, method: 'GET', path: `/api/v2/tickets/${doubtful}/audits` });
  fixture.local.faults.rest.add({
    answer: 500,
    method: 'GET',
    path: `/api/v2/tickets/${Number.MAX_SAFE_INTEGER}/audits`,
  });
  await tryAgainAndAgain();
  expect(await attempts()).toEqual([0, 0]);
  expectDoneOnce([sure]);

  fixture.local.faults.reset();
  await performAll();
  expectDoneOnce([doubtful, sure]);
});

test('tickets are written one by one when bulk jobs are unavailable', async () => {
  const ids = await manyEffects(12);
  const { rest } = fixture.local.faults;
  rest.add({ answer: 500, method: 'PUT', path: '/api/v2/tickets/update_many' });
  await performAll();
  expect(await attempts()).toEqual(ids.map(() => 0));
  expectDoneOnce(ids);
});

test('a bulk job is written once even when posting and polling fail', async () => {
  const ids = await manyEffects(20);
  deps.zendesk = impatient;
  const { rest } = fixture.local.faults;
  rest.add({ answer: 'timeout', next: 1, method: 'PUT', path: '/api/v2/tickets/update_many' });
  rest.add({ answer: 500, next: 6, path: '/api/v2/job_statuses' });
  await performAll(2);
  expect(await statesOf()).toEqual(['done']);
  expectDoneOnce(ids);
});

test('tickets that people change, close and delete meanwhile each end in the right state', async () => {
  const ids = await manyEffects(12);
  const [touched = 0, closed = 0, deleted = 0] = ids;
  const { account } = fixture.local;
  const by = { id: account.ownerId };
  await fixture.anAgentTouches(touched);
  account.tickets.update(closed, { status: 'closed' }, by);
  account.tickets.softDelete(deleted, by);
  await performAll();
  const rows = await database.db.select().from(outbox);
  const stateOf = (id: number) => rows.find((row) => row.ticketId === id);
  expect(stateOf(touched)).toMatchObject({ state: 'done' });
  expect(stateOf(closed)).toMatchObject({ state: 'parked', lastError: expect.stringContaining('closed prevents') });
  expect(stateOf(deleted)).toMatchObject({ state: 'parked', lastError: expect.stringContaining('404') });
  expectDoneOnce([touched, ...ids.slice(3)]);
});
