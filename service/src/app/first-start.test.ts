import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { readActing, watchAtFirst } from '../platform/outbox/activation.ts';
import { givenInvitation, givenTicket } from '../surveys/testing/survey-fixtures.ts';
import { HAS_RUN } from '../tickets/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

/** As on an account that a former version ran on. */
const MIGRATION = join(__dirname, '../platform/storage/migrations/0021_activations.sql');
async function upgrade() {
  const insert = readFileSync(MIGRATION, 'utf8')
    .split('--> statement-breakpoint')
    .find((statement) => statement.includes('INSERT INTO activations'));
  await database.db.execute(sql.raw(insert ?? ''));
  await watchAtFirst(database.db, HAS_RUN);
  return readActing(database.db);
}

test('a new database only watches', async () => {
  expect(await upgrade()).toMatchObject({ mode: 'observe' });
});

test.each<[string, () => Promise<unknown>]>([
  [
    'a written effect',
    () => database.db.execute(sql`INSERT INTO outbox (kind, key, payload, state) VALUES ('x', 'x', '{}', 'done')`),
  ],
  ['a survey', () => givenInvitation(database.db, { ticketId: 7, state: 'sent', sentAt: new Date() })],
  ['only tickets, because it was quiet for longer than effects are kept', () => givenTicket(database.db, { id: 7 })],
])('a former version that left %s goes on acting', async (_what, leave) => {
  await leave();
  expect(await upgrade()).toMatchObject({ mode: 'act', scope: 'all' });
});

test('start --observe watches a database that was used before, too, until somebody activates it', async () => {
  await givenTicket(database.db, { id: 7 });
  await watchAtFirst(database.db);
  expect(await readActing(database.db)).toMatchObject({ mode: 'observe' });
});
