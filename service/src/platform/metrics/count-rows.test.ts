// Checks that gauges are exact for small tables and approximate for large ones, without reading all of them.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { countRows, STATE_LABEL } from './create-metrics.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const INBOX = {
  table: 'inbox',
  labels: { type: 'type', state: STATE_LABEL },
  exact: ["state = 'waiting'", "state = 'parked'"],
};

/** 40,000 events on about 1,100 pages: nine in ten decided, the rest ignored, then 30 waiting and 3 dead-lettered. */
async function manyEvents(): Promise<void> {
  await database.db.$client.query(
    `INSERT INTO inbox (batch, type, body, state) SELECT n, 'ticket.created', to_jsonb(repeat('x', 150)),
       CASE WHEN n > 40030 THEN 'parked' WHEN n > 40000 THEN 'waiting' WHEN n % 10 = 0 THEN 'ignored' ELSE 'decided' END
     FROM generate_series(1, 40033) n`,
  );
}

/** By type and state. */
async function read(bounds?: { pages: number; rows: number }, table = INBOX) {
  const rows = await countRows(database.db, table, bounds);
  return Object.fromEntries(rows.map(({ type, state, n }) => [`${type} ${state}`, Number(n)]));
}

const EXACT = {
  'ticket.created decided': 36_000,
  'ticket.created ignored': 4_000,
  'ticket.created waiting': 30,
  'ticket.created dead_lettered': 3,
};

test('a table that is read completely is counted exactly', async () => {
  await manyEvents();
  expect(await read()).toEqual(EXACT);
});

test('in a larger one, the count of waiting rows is exact and that of finished ones within a tenth', async () => {
  await manyEvents();
  const counts = await read({ pages: 500, rows: 100 });
  expect(counts).toMatchObject({ 'ticket.created waiting': 30, 'ticket.created dead_lettered': 3 });
  for (const state of ['decided', 'ignored'] as const) {
    const is = counts[`ticket.created ${state}`] ?? 0;
    const exact = EXACT[`ticket.created ${state}`];
    expect(Math.abs(is - exact) / exact).toBeLessThan(0.1);
  }
  expect(await read({ pages: 500, rows: 100 })).toEqual(counts);
});

test('when more rows wait than are counted, their number is estimated too', async () => {
  await manyEvents();
  await database.db.$client.query("UPDATE inbox SET state = 'waiting' WHERE state = 'decided'");
  const counts = await read({ pages: 400, rows: 100 });
  expect(counts['ticket.created dead_lettered']).toBe(3);
  expect(Math.abs((counts['ticket.created waiting'] ?? 0) - 36_030) / 36_030).toBeLessThan(0.2);
});

test('reads a bounded part of a large table', async () => {
  await manyEvents();
  const queries: string[] = [];
  const { $client } = database.db;
  const listening = {
    $client: { query: (text: string) => (queries.push(text), $client.query(text)) },
  } as unknown as typeof database.db;
  await countRows(listening, INBOX, { pages: 50, rows: 100 });
  await $client.query('ANALYZE inbox');
  for (const text of queries.slice(1)) {
    const { rows } = await $client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`);
    const plan = rows[0]['QUERY PLAN'][0].Plan;
    expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(200);
  }
});

test('an empty table has nothing to count', async () => {
  expect(await read()).toEqual({});
});

test.each([
  ['a bulk job', "SELECT FROM outbox WHERE zendesk_job_id = 'job'", 'outbox_job'],
  ['the longest wait', 'SELECT min(waiting_since) FROM tickets WHERE gone IS NULL', 'tickets_waiting'],
  [
    'the queue over all tiers',
    'SELECT FROM tickets WHERE gone IS NULL AND waiting_since IS NOT NULL ORDER BY waiting_since, id LIMIT 5',
    'tickets_waiting',
  ],
])('%s is found by an index', async (_what, text, index) => {
  await database.db.transaction(async (tx) => {
    await tx.execute('SET LOCAL enable_seqscan = off');
    const { rows } = await tx.execute(`EXPLAIN ${text}`);
    expect(JSON.stringify(rows)).toContain(index);
  });
});
