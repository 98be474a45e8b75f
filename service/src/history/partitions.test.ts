import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { dropPartition, listMonths, makePartitions } from './partitions.ts';
import { appendHistory } from './record/append.ts';
import { createHistoryRetention } from './retention.ts';
import { readHistory } from './testing/history-fixture.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const NOW = new Date('2026-11-29T12:00:00Z');
const record = (...times: string[]) =>
  appendHistory(
    database.db,
    times.map((at, n) => ({ ticketId: n + 1, at: new Date(at), kind: 'status', value: 'new', source: 'event' })),
  );
const rowsOf = async (table: string) =>
  (await database.db.$client.query<{ at: Date }>(`SELECT at FROM ${table} ORDER BY at`)).rows.map(({ at }) =>
    at.toISOString().slice(0, 10),
  );
const never = new AbortController().signal;

test('the months that come have a partition each, also over the end of a year', async () => {
  await Promise.all([makePartitions(database.db, NOW), makePartitions(database.db, NOW)]);
  expect(await listMonths(database.db)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  await makePartitions(database.db, new Date('2026-12-01T00:00:00Z'));
  expect(await listMonths(database.db)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02', '2027-03']);
});

test('entries of any time find a partition, and those of a month move to its own when it is made', async () => {
  await record('1999-01-01', '2026-10-31T23:59:59.999Z', '2026-11-01', '2027-02-28T23:59:59.999Z', '2031-01-01');
  await makePartitions(database.db, NOW);
  await record('2026-11-30', '2026-12-01');

  expect(await rowsOf('history_other')).toEqual(['1999-01-01', '2026-10-31', '2031-01-01']);
  expect(await rowsOf('history_2026_11')).toEqual(['2026-11-01', '2026-11-30']);
  expect(await rowsOf('history_2026_12')).toEqual(['2026-12-01']);
  expect(await rowsOf('history_2027_02')).toEqual(['2027-02-28']);
  expect(await readHistory(database.db, [1, 2, 3, 4, 5])).toHaveLength(7);
});

test('a partition is made while a ticket is being recorded and another is read', async () => {
  await makePartitions(database.db, NOW);
  const client = await database.db.$client.connect();
  try {
    await client.query('BEGIN');
    await client.query("INSERT INTO history (ticket_id, at, kind, source) VALUES (1, '2026-11-05', 'status', 'event')");
    await client.query("SELECT * FROM history WHERE ticket_id = 1 AND at > '2026-11-01' AND at < '2026-12-01'");
    await makePartitions(database.db, new Date('2026-12-15T00:00:00Z'));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  expect(await listMonths(database.db)).toContain('2027-03');
});

test('months go as a whole when their retention has ended, with the older entries that have no month', async () => {
  await record('2025-06-30', '2026-11-30');
  await makePartitions(database.db, NOW);
  await makePartitions(database.db, new Date('2026-02-10T00:00:00Z'));
  await record('2026-03-20');
  await appendHistory(
    database.db,
    ['2026-04-01', '2026-10-01'].map((at, n) => ({
      ticketId: n + 3,
      at: new Date(at),
      kind: 'status',
      value: 'new',
      source: 'event',
    })),
  );
  const prune = createHistoryRetention(database.db);

  await prune(new Date('2026-04-20T00:00:00Z'), never);

  expect(await listMonths(database.db)).toEqual(['2026-04', '2026-05', '2026-11', '2026-12', '2027-01', '2027-02']);
  expect(await rowsOf('history')).toEqual(['2026-04-01', '2026-10-01', '2026-11-30']);
  await prune(new Date('2026-11-01T00:00:00Z'), never);
  expect(await rowsOf('history')).toEqual(['2026-11-30']);
});

test('a month that is gone already is no error', async () => {
  await makePartitions(database.db, NOW);
  const drop = () => dropPartition(database.db, '2026-11', NOW);
  await Promise.all([drop(), drop()]);
  expect(await listMonths(database.db)).not.toContain('2026-11');
});
