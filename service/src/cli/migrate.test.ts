import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { giveToOwner, runStatements, type TwoRoles } from '../../testing/two-roles.ts';
import { dropPartition, listMonths, makePartitions } from '../history/partitions.ts';
import { type Database, migrate, openDatabase } from '../platform/storage/database.ts';
import { readBooksRights } from '../refunds/index.ts';
import { openLedger } from '../refunds/ledger/ledger.ts';
import { anEntry } from '../refunds/ledger/testing/an-entry.ts';
import { readRoles, runMigrate } from './migrate.ts';

let database: TestDatabase;
let service: Database;
let roles: TwoRoles;
let ownerUrl: string;
let serviceUrl: string;
const run = (options: Partial<Parameters<typeof runMigrate>[0]> = {}) =>
  runMigrate({ ownerUrl, serviceUrl, json: false, out: () => undefined, ...options });

beforeAll(async () => {
  database = await createTestDatabase();
  roles = await giveToOwner(database.url);
  ({ ownerUrl, serviceUrl } = roles);
  service = openDatabase(serviceUrl);
});
afterAll(async () => {
  await service.$client.end();
  await database.drop();
  await roles.drop();
});

test('the service works with a role that does not own the books, and can only add to them', async () => {
  const said: string[] = [];
  for (let times = 0; times < 2; times++) expect(await run({ out: (line) => void said.push(line) })).toBe(0);
  expect(said[0]).toMatch(/_owner owns the books of refunds; role test_\w+_service can only add to them\.$/);
  expect(await readBooksRights(service)).toMatchObject({ isOwner: false });
  expect(await readBooksRights(database.db)).toMatchObject({ isOwner: false });

  await service.transaction(async (tx) => (await openLedger(tx)).append([anEntry({ kind: 'payment' })]));
  await makePartitions(service, new Date('2031-05-01T12:00:00Z'));
  expect(await listMonths(service)).toContain('2031-05');
  await dropPartition(service, '2031-08', new Date('2031-09-01T00:00:00Z'));
  expect(await listMonths(service)).not.toContain('2031-08');
  // Its own start applies migrations, and finds none.
  await migrate(serviceUrl);
});

test('that role can read every table and sequence, as pg_dump does', async () => {
  const { rows } = await service.$client.query(`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'drizzle'::regnamespace) AND relkind IN ('r', 'p', 'S')
      AND NOT CASE relkind WHEN 'S' THEN has_sequence_privilege(oid, 'SELECT') ELSE has_table_privilege(oid, 'SELECT') END`);
  expect(rows).toEqual([]);
});

test.each([
  'GRANT UPDATE ON ledger_entries TO CURRENT_USER',
  'UPDATE ledger_entries SET amount_minor = 1',
  'DELETE FROM goodwill_entries',
  'TRUNCATE ledger_entries',
  'ALTER TABLE ledger_entries DISABLE TRIGGER ALL',
  'DROP TRIGGER keep_entries ON goodwill_entries',
  'DROP TABLE ledger_entries',
  'ALTER TABLE ledger_entries RENAME TO other_entries',
  'DROP SCHEMA public CASCADE',
  `CREATE OR REPLACE FUNCTION deskwright_keep_ledger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  'SET session_replication_role = replica',
  'CREATE TABLE public.goodwill (id bigint)',
  `CREATE FUNCTION public.format(text, name, text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text'`,
  'CREATE TRIGGER on_change BEFORE UPDATE ON history EXECUTE FUNCTION deskwright_keep_ledger()',
  'ALTER TABLE history_other OWNER TO CURRENT_USER',
])('that role cannot: %s', async (statement) => {
  const { rows } = await service.$client.query('SELECT * FROM ledger_entries');
  const refusal = await service.$client.query(statement).then(
    () => null,
    (error: { code?: string }) => error.code,
  );
  // PostgreSQL only warns of a right that cannot be granted.
  expect(refusal).toBe(statement.startsWith('GRANT') ? null : '42501');
  expect((await service.$client.query('SELECT * FROM ledger_entries')).rows).toEqual(rows);
  await expect(service.$client.query('UPDATE ledger_entries SET amount_minor = 1')).rejects.toThrow(
    'permission denied',
  );
});

test('that role cannot apply a migration, and is told who can', async () => {
  await runStatements(
    ownerUrl,
    'DELETE FROM drizzle.__drizzle_migrations WHERE created_at = 1802900000000',
    'ALTER TABLE refunds DROP COLUMN reason_code',
  );
  await expect(migrate(serviceUrl)).rejects.toThrow(
    /is not up to date, and role test_\w+_service may not change that: [^.]+\. Run "deskwright migrate" with DATABASE_OWNER_URL\./,
  );
  await run();
  await migrate(serviceUrl);
});

test('what that role makes under a name of the owner is not used by migrations', async () => {
  const trap = `"${new URL(ownerUrl).username}".refunds`;
  await runStatements(
    serviceUrl,
    `CREATE SCHEMA "${new URL(ownerUrl).username}"`,
    `CREATE TABLE ${trap} (amount_minor bigint)`,
  );
  await runStatements(
    ownerUrl,
    'DELETE FROM drizzle.__drizzle_migrations WHERE created_at = 1802900000000',
    'ALTER TABLE public.refunds DROP COLUMN reason_code',
  );
  await run();
  expect((await service.$client.query(`SELECT * FROM ${trap}`)).fields.map(({ name }) => name)).toEqual([
    'amount_minor',
  ]);
  expect((await service.$client.query('SELECT reason_code FROM public.refunds')).rows).toEqual([]);
});

test('functions that it made while it could are not called, and the rights that allowed it are taken back', async () => {
  const format = 'public.format(text, name, text)';
  await runStatements(ownerUrl, `GRANT CREATE ON SCHEMA public TO ${new URL(serviceUrl).username}`);
  await runStatements(
    serviceUrl,
    `CREATE FUNCTION ${format} RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'called by %', current_user; END $$`,
  );
  await run();
  await runStatements(serviceUrl, `DROP FUNCTION ${format}`);
  await expect(service.$client.query('CREATE TABLE public.goodwill (id bigint)')).rejects.toMatchObject({
    code: '42501',
  });
});

test.each([
  ['no database', () => ({ serviceUrl: undefined }), 'DATABASE_URL is not set'],
  ['one role twice', () => ({ ownerUrl: serviceUrl }), 'name the same role'],
  ['two databases', () => ({ ownerUrl: `${ownerUrl}_2` }), 'name one database'],
])('%s is refused', async (_, urls, why) => {
  await expect(run(urls())).rejects.toThrow(why);
});

test('the owner is read from a file too, as the service reads other secrets', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'deskwright-owner-')), 'owner');
  writeFileSync(file, `${ownerUrl}\n`);
  expect(readRoles({ DATABASE_OWNER_URL_FILE: file, DATABASE_URL: serviceUrl })).toEqual({ ownerUrl, serviceUrl });
  expect(() => readRoles({ DATABASE_OWNER_URL_FILE: '/nowhere' })).toThrow('DATABASE_OWNER_URL_FILE names /nowhere');
  rmSync(dirname(file), { recursive: true });
});
