import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { recordService } from '../app/service-record.ts';
import { withOperatorDatabase } from './operator-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function read(env: NodeJS.ProcessEnv, json = false) {
  const printed: string[] = [];
  const code = await withOperatorDatabase(
    { env: { DATABASE_URL: database.url, ...env }, json, out: (line) => printed.push(line) },
    async (_, out) => {
      out(json ? '{"failed":[]}' : 'Nothing has failed.');
      return 0;
    },
  );
  return { code, printed };
}

const ACME = 'https://acme.zendesk.com';

test('says which database is read, without its password, and whose it is', async () => {
  await recordService(database.db, { zendesk: ACME });
  const { printed } = await read({ ZENDESK_SUBDOMAIN: 'acme' });
  const { hostname, port, pathname } = new URL(database.url);
  expect(printed).toEqual([
    `Reads the database ${pathname.slice(1)} at ${hostname}:${port} (DATABASE_URL), of ${ACME}.\n`,
    'Nothing has failed.',
  ]);
});

test('adds it to JSON as a key', async () => {
  await recordService(database.db, { zendesk: ACME });
  const { printed } = await read({}, true);
  expect(printed.map((line) => JSON.parse(line) as unknown)).toEqual([
    { failed: [], database: expect.stringMatching(/^the database .* of https:\/\/acme\.zendesk\.com$/) },
  ]);
});

test('stops at a database that no service has used', async () => {
  await expect(read({})).rejects.toThrow(
    /^No service has run with the database .* Name the service's database with DATABASE_URL/,
  );
});

test('stops at a database of another program, and leaves it as it is', async () => {
  const { $client } = database.db;
  await $client.query(
    'DROP SCHEMA public CASCADE; DROP SCHEMA drizzle CASCADE; CREATE SCHEMA public; CREATE TABLE theirs ()',
  );
  await expect(read({})).rejects.toThrow(/^No service has run with the database/);
  const { rows } = await $client.query(
    "SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  expect(rows).toEqual([{ tablename: 'theirs' }]);
});

test.each([
  [
    ACME,
    { ZENDESK_SUBDOMAIN: 'other' },
    /belongs to the service of https:\/\/acme\.zendesk\.com, and https:\/\/other\.zendesk\.com is set/,
  ],
  [ACME, { ZENDESK_BASE_URL: 'http://127.0.0.1:4601' }, /belongs to the service of https:\/\/acme/],
  [
    'http://127.0.0.1:4601',
    { ZENDESK_SUBDOMAIN: 'acme' },
    /belongs to the service of http:\/\/127\.0\.0\.1:4601, and https:\/\/acme/,
  ],
])('stops at the database of %s if %j is set', async (zendesk, env, expected) => {
  await recordService(database.db, { zendesk });
  await expect(read(env)).rejects.toThrow(expected);
});

test("takes the local Zendesk for the same on every port, and a database from before accounts were recorded for the service's", async () => {
  await recordService(database.db, { zendesk: 'http://127.0.0.1:4601' });
  expect((await read({ ZENDESK_BASE_URL: 'http://localhost:4611' })).code).toBe(0);
  await database.db.execute(sql`DELETE FROM settings`);
  await database.db.execute(sql`INSERT INTO settings (key, value) VALUES ('last_good_policy', '{}')`);
  expect((await read({ ZENDESK_SUBDOMAIN: 'acme' })).code).toBe(0);
});

test('names a database that cannot be reached', async () => {
  await expect(read({ DATABASE_URL: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(
    /^Cannot use the database none at 127\.0\.0\.1:1 \(DATABASE_URL\): .*ECONNREFUSED/,
  );
});
