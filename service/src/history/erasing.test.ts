import { AGENT, pipelineDeps } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { erasingHooks } from '../app/features.ts';
import { CUSTOMER, change, comment, pipelineFixture } from '../tickets/process/testing/pipeline-fixture.ts';
import { erasePerson } from '../tickets/projection/erase-person.ts';
import { eraseTickets } from '../tickets/projection/erase-tickets.ts';
import { appendHistory } from './record/append.ts';
import { history, measuresDue } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear } = pipelineFixture(() => database);

const hooks = erasingHooks();
const NOW = new Date('2025-01-08T12:00:00Z');
const forget = (id: number) => database.db.transaction((tx) => erasePerson(tx, { id, email: null, now: NOW, hooks }));
const agent = { actor_id: String(AGENT) };
const solved = change(
  40,
  'ticket.status_changed',
  { status: 'SOLVED', ...agent },
  { previous: 'NEW', current: 'SOLVED' },
);

const kinds = async () =>
  (await database.db.select().from(history).orderBy(history.recordedAt)).map(
    ({ kind, value }) => `${kind} ${value ?? ''}`,
  );
/** In any column. */
const isNamed = async (person: string) =>
  JSON.stringify(await database.db.select().from(history)).includes(`:${person},`);

async function givenTicket(): Promise<void> {
  await hear(
    pipelineDeps(database.db),
    {},
    comment(20, '51', CUSTOMER, 'secret words'),
    comment(30, '52', String(AGENT)),
  );
}

test('holds no words, and names the customer once', async () => {
  await givenTicket();
  const rows = await database.db.select().from(history);
  expect(JSON.stringify(rows)).not.toContain('secret');
  expect(rows.filter((row) => JSON.stringify(row).includes(`:${CUSTOMER},`)).map(({ kind }) => kind)).toEqual([
    'created',
  ]);
});

test('a forgotten customer is named no more, and everything is still counted', async () => {
  await givenTicket();
  const before = await kinds();
  await forget(Number(CUSTOMER));
  expect(await isNamed(CUSTOMER)).toBe(false);
  expect(await kinds()).toEqual(before);
});

test('so is one who opened a ticket that belongs to somebody else now, or that is known here no more', async () => {
  await appendHistory(database.db, [
    { ticketId: 99, at: NOW, kind: 'created', ref: Number(CUSTOMER), actor: 'customer', source: 'event' },
    { ticketId: 98, at: NOW, kind: 'created', ref: 901, actor: 'customer', source: 'event' },
  ]);
  await forget(Number(CUSTOMER));
  expect(await isNamed(CUSTOMER)).toBe(false);
  expect(await isNamed('901')).toBe(true);
});

test('what becomes of their open ticket is recorded, without them', async () => {
  await givenTicket();
  await forget(Number(CUSTOMER));
  await hear(pipelineDeps(database.db), solved);
  expect((await kinds()).at(-1)).toBe('status solved');
  expect(await isNamed(CUSTOMER)).toBe(false);
});

test('a ticket that they open before they are forgotten, and that is heard of afterwards, counts', async () => {
  await forget(Number(CUSTOMER));
  await hear(pipelineDeps(database.db), {});
  expect(await kinds()).toEqual(expect.arrayContaining(['created api', 'status new']));
  expect(await isNamed(CUSTOMER)).toBe(false);
});

test('a permanently deleted ticket is deleted from then on, and its measures are due', async () => {
  await givenTicket();
  await database.db.delete(measuresDue);
  await database.db.transaction((tx) => eraseTickets(tx, { ids: [5158], now: NOW, gone: true, hooks }));
  expect((await kinds()).at(-1)).toBe('deleted ');
  expect(await isNamed(CUSTOMER)).toBe(false);
  expect(await database.db.select().from(measuresDue)).toMatchObject([{ ticketId: 5158 }]);
});

test('after a merge of two customers the other is named', async () => {
  await givenTicket();
  await database.db.transaction(async (tx) => {
    for (const { onMergeCustomers } of hooks) await onMergeCustomers?.(tx, { from: Number(CUSTOMER), into: 901 });
  });
  expect(await isNamed(CUSTOMER)).toBe(false);
  expect(await isNamed('901')).toBe(true);
});
