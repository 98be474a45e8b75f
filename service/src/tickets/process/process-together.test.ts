import { sql } from 'drizzle-orm';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../platform/testing/until.ts';
import type { TicketHook } from '../hooks.ts';
import { lockTicket } from '../projection/projection-store.ts';
import { storeBatch } from '../receive/inbox.ts';
import { readDelivery } from '../receive/read-delivery.ts';
import { anEnvelope, type EnvelopeParts } from '../receive/testing/an-envelope.ts';
import { processBatch } from './process-batch.ts';
import { inGroups } from './process-together.ts';
import { at, CUSTOMER, change, comment, NEW, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { log, effects, heard, ticket } = pipelineFixture(() => database);

async function store(...events: EnvelopeParts[]): Promise<number> {
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

const opened = (ticketId: number): EnvelopeParts => ({ ticketId, time: at(1).time });

test('a ticket that a hook refuses fails alone, and nothing of it is stored', async () => {
  const refusing: TicketHook = {
    onChange: async (tx, { after }) => {
      await tx.execute(sql`INSERT INTO settings (key, value) VALUES (${`seen ${after.id}`}, '1')`);
      if (after.id === 3) throw new Error('not this one');
    },
  };
  const deps = pipelineDeps(database.db, { hooks: [refusing] });
  const batch = await store(...[1, 2, 3, 4, 5].map(opened));
  await expect(processBatch(deps, batch)).rejects.toThrow('not this one');

  expect((await log()).map(({ ticketId }) => ticketId)).toEqual(expect.arrayContaining([1, 2, 4, 5]));
  expect((await effects()).map(({ ticketId }) => ticketId)).toEqual(expect.arrayContaining([1, 2, 4, 5]));
  expect([await log(), await effects()].map(({ length }) => length)).toEqual([4, 4]);
  const { rows } = await database.db.execute(sql`SELECT key FROM settings WHERE key LIKE 'seen %' ORDER BY key`);
  expect(rows).toEqual([1, 2, 4, 5].map((id) => ({ key: `seen ${id}` })));
  expect((await heard()).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['decided', 0],
    ['decided', 0],
    ['waiting', 1],
    ['decided', 0],
    ['decided', 0],
  ]);
});

test('a ticket locked by another transaction is waited for alone, and the others are decided meanwhile', async () => {
  const batch = await store(...[1, 2, 3].map(opened));
  let working: Promise<void> | undefined;
  await database.db.transaction(async (tx) => {
    await lockTicket(tx, 2);
    working = processBatch(pipelineDeps(database.db), batch);
    await until(async () => (await log()).length === 2);
  });
  await working;
  expect((await log()).map(({ ticketId }) => ticketId)).toEqual([1, 3, 2]);
});

test('a batch of tickets with different histories ends the same as one by one', async () => {
  const deps = pipelineDeps(database.db);
  await processBatch(deps, await store(...[1, 2, 3].map(opened)));
  const of = (ticketId: number, event: EnvelopeParts): EnvelopeParts => ({ ...event, ticketId });
  const batch = await store(
    of(1, comment(20, '71', CUSTOMER, 'The app crashes')),
    of(2, change(20, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' })),
    of(3, change(20, 'ticket.group_assignment_changed', { group_id: '12', actor_id: '2' }, { current: '12' })),
    of(3, change(30, 'ticket.group_assignment_changed', { group_id: '13', actor_id: '2' }, { current: '13' })),
    of(4, opened(4)),
    of(4, comment(30, '72', CUSTOMER)),
  );
  await processBatch(deps, batch);

  expect(await ticket(1)).toMatchObject({ status: 'new', category: 'refunds' });
  expect(await ticket(2)).toMatchObject({ status: 'solved', waitingSince: null });
  expect(await ticket(3)).toMatchObject({ groupId: 13 });
  expect(await ticket(4)).toMatchObject({ category: 'refunds' });
  const { rows } = await database.db.execute(
    sql`SELECT from_group_id, to_group_id FROM ticket_moves WHERE ticket_id = 3`,
  );
  expect(rows.map((row) => Object.values(row).map(Number))).toEqual([[12, 13]]);
  expect((await heard()).filter(({ state }) => state === 'waiting')).toEqual([]);
});

test('groups contain at most a hundred tickets and five hundred events, in any order', () => {
  const events = (count: number) => Array.from({ length: count }, () => ({}) as never);
  expect(inGroups([]).length).toBe(0);
  expect(inGroups(Array.from({ length: 250 }, () => events(1))).map((group) => group.length)).toEqual([100, 100, 50]);
  expect(
    inGroups([events(300), events(300), events(100), events(600)]).map((group) => group.map(({ length }) => length)),
  ).toEqual([[300], [300, 100], [600]]);
});
