// Gives a test's database to another role than the service's, as the guide about the books of refunds has it.
import pg from 'pg';

export interface TwoRoles {
  readonly ownerUrl: string;
  /** Of the role that the service runs with. It has no rights until `deskwright migrate`. */
  readonly serviceUrl: string;
  /** Call it once the database is dropped. */
  readonly drop: () => Promise<void>;
}

/** @param url of a database of its own, by `createTestDatabase` */
export async function giveToOwner(url: string): Promise<TwoRoles> {
  const name = new URL(url).pathname.slice(1);
  const [owner, role] = [`${name}_owner`, `${name}_service`];
  await asSuperuser(
    name,
    `CREATE ROLE ${role} LOGIN PASSWORD 'service'`,
    `CREATE ROLE ${owner} LOGIN PASSWORD 'owner' IN ROLE ${role}`,
    `ALTER DATABASE ${name} OWNER TO ${owner}`,
    // By name, as REASSIGN OWNED moves the databases of other tests, too.
    `DO $$ DECLARE one text; BEGIN
      FOR one IN SELECT format('ALTER SCHEMA %I OWNER TO ${owner}', nspname) FROM pg_namespace WHERE nspname IN ('public', 'drizzle', 'bullmq')
        UNION ALL SELECT format('ALTER TABLE %s OWNER TO ${owner}', oid::regclass) FROM pg_class
          WHERE relnamespace IN ('public'::regnamespace, 'drizzle'::regnamespace, to_regnamespace('bullmq')) AND (relkind IN ('r', 'p')
            OR relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND refobjsubid > 0))
        UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO ${owner}', oid::regprocedure) FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, to_regnamespace('bullmq'))
      LOOP EXECUTE one; END LOOP; END $$`,
  );
  return {
    ownerUrl: url.replace(/\/\/[^@]*@/, `//${owner}:owner@`),
    serviceUrl: url.replace(/\/\/[^@]*@/, `//${role}:service@`),
    drop: () => asSuperuser('postgres', `DROP ROLE ${owner}`, `DROP ROLE ${role}`),
  };
}

async function asSuperuser(databaseName: string, ...statements: string[]): Promise<void> {
  const url = (process.env.TEST_POSTGRES_SUPERUSER_URL ?? '').replace(/\/deskwright$/, `/${databaseName}`);
  await runStatements(url, ...statements);
}

/** Each by itself, so that one that fails leaves the others done. */
export async function runStatements(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
