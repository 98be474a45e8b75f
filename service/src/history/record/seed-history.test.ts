import { sql } from 'drizzle-orm';
import { AGENT, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { comment, pipelineFixture } from '../../tickets/process/testing/pipeline-fixture.ts';
import { tickets } from '../../tickets/tables.ts';
import { measuresDue } from '../tables.ts';
import { readHistory } from '../testing/history-fixture.ts';
import { seedHistory } from './seed-history.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear } = pipelineFixture(() => database);
const never = new AbortController().signal;

/** Without the hook of the history, as a former version. */
const former = () => pipelineDeps(database.db, { hooks: [] });
const kinds = async () =>
  (await readHistory(database.db, [5158])).map(({ kind, value, actor }) =>
    `${kind} ${value ?? ''} ${actor ?? ''}`.trim(),
  );

test('a ticket that a former version has stored gets the history that is known of it, once', async () => {
  await hear(former(), {}, comment(20, '51', String(AGENT), 'Which tent?'));
  expect(await kinds()).toEqual([]);

  expect(await seedHistory(database.db, never)).toBe(1);
  const begun = [
    'created api',
    'comment  customer',
    'comment  agent',
    'category refunds us',
    'tier t1 us',
    'status new',
  ];
  expect((await kinds()).toSorted()).toEqual(begun.toSorted());
  expect(await database.db.select().from(measuresDue)).toMatchObject([{ ticketId: 5158 }]);

  expect(await seedHistory(database.db, never)).toBe(0);
  expect(await kinds()).toHaveLength(begun.length);
});

test('one whose history has begun is left alone, and thousands go in steps', async () => {
  await hear(pipelineDeps(database.db), {});
  const before = await kinds();
  await hear(former(), { ticketId: 1 });
  await database.db.execute(sql`
    INSERT INTO tickets (id, subject, description, status, tags, created_at, updated_at, snapshot_at)
    SELECT n, '', '', 'open', '{}', now(), now(), now() FROM generate_series(10001, 12500) AS n`);

  expect(await seedHistory(database.db, never)).toBe(2_501);
  expect(await kinds()).toEqual(before);
  expect(await readHistory(database.db, [12_500])).toMatchObject([{ kind: 'created' }, { kind: 'status' }]);
  expect(await database.db.$count(tickets)).toBe(2_502);
});
