// Checks that a ticket has the same place however the queue is counted, and that the oldest of some groups is found by an index.
import { inArray } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { openDatabase } from '../platform/storage/database.ts';
import { tickets } from '../tickets/tables.ts';
import { placeInLargeQueue } from './place-in-large-queue.ts';
import { nextOldest, placeInQueue } from './queue-order.ts';

const DEPARTMENT = 90;
const WAITING = 3_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // Seven in ten share their time with others, some differ by a fraction of a millisecond, and one in ten is in a department's group.
  await database.db.$client.query(`INSERT INTO tickets (id, subject, description, status, created_at, updated_at, snapshot_at, tier, waiting_since, group_id, assignee_id)
    SELECT n, 'Ticket ' || n, '', 'open', now(), now(), now(), 't' || 1 + n % 2,
      timestamptz '2026-11-24 15:00:00+00' + (n * 7919 % 300) * interval '1 second' + CASE n % 10 WHEN 1 THEN interval '1 microsecond' * n ELSE interval '0' END,
      CASE WHEN n % 10 = 0 THEN ${DEPARTMENT} WHEN n % 3 = 0 THEN NULL ELSE 11 + n % 3 END, CASE WHEN n % 4 = 0 THEN 7 END
    FROM generate_series(1, ${WAITING * 2}) n`);
  await database.db.$client.query('VACUUM ANALYZE tickets');
});
afterAll(() => database.drop());

const SOME = [1, 2, 3, 10, 11, 500, 1_999, 2_000, 2_001, 3_003, 4_000, 5_555, WAITING * 2];

test.each([[[]], [[DEPARTMENT]]])(
  'without the groups %j, each ticket has the same place as by counting',
  async (notIn) => {
    const rows = await database.db.select().from(tickets).where(inArray(tickets.id, SOME));
    expect(rows).toHaveLength(SOME.length);
    for (const { id, tier, waitingSince, groupId } of rows) {
      const counted = await placeInQueue(database.db, { id, tier, notIn });
      expect(await placeInLargeQueue(database.db, { id, tier, notIn, groupId, waitingSince: waitingSince! })).toEqual(
        counted,
      );
    }
  },
);

test('a ticket without a waiting customer has no place', async () => {
  const ticket = { id: 99_999, tier: 't1', notIn: [], groupId: null, waitingSince: new Date() };
  expect(await placeInLargeQueue(database.db, ticket)).toBeNull();
});

test('in a queue that grew since its snapshot, a place is never above the number of tickets', async () => {
  const own = openDatabase(database.url, { max: 2 });
  const ticket = { id: 100_001, tier: 't1', notIn: [], groupId: null, waitingSince: new Date('2026-11-25T00:00:00Z') };
  await placeInLargeQueue(own, ticket);
  await database.db.$client.query(`INSERT INTO tickets (id, subject, description, status, created_at, updated_at, snapshot_at, tier, waiting_since)
    VALUES (100001, '', '', 'open', now(), now(), now(), 't1', '2026-11-25T00:00:00Z')`);
  expect(await placeInLargeQueue(own, ticket)).toEqual({ place: WAITING + 1, of: WAITING + 1 });
  await database.db.$client.query('DELETE FROM tickets WHERE id = 100001');
  await own.$client.end();
});

test.each([[[11]], [[12, 13]], [[11, 12, 13, DEPARTMENT]], [[77]], [[]]])(
  'the oldest unassigned ticket in the groups %j is the same as without the index',
  async (groupIds) => {
    const asks = { tier: 't1', besides: 300, notIn: [DEPARTMENT] };
    const seen = groupIds.length === 0 ? inArray(tickets.groupId, [-1]) : inArray(tickets.groupId, groupIds);
    const all = await nextOldest(database.db, { ...asks, seen, inGroups: null });
    expect(await nextOldest(database.db, { ...asks, seen, inGroups: groupIds })).toEqual(all);
  },
);

test('each group’s oldest is found by the index, whatever the other groups hold', async () => {
  const { rows } = await database.db.$client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
    SELECT id FROM tickets WHERE gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL AND tier = 't1' AND group_id = 77
    ORDER BY waiting_since, id LIMIT 1`);
  expect(JSON.stringify(rows)).toContain('tickets_nobodys_group');
});
