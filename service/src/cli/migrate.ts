// `deskwright migrate`: brings the database up to this version as the role that owns it, and gives the service's role its rights.
import type { Command } from 'commander';
import { getTableName, sql } from 'drizzle-orm';
import { readSecretFiles } from '../app/secrets.ts';
import { QUEUE_SCHEMA } from '../platform/jobs/queue-backend.ts';
import { migrate, openDatabase, type Queryable } from '../platform/storage/database.ts';
import { BOOKS } from '../refunds/index.ts';
import type { CommandDeps } from './activation/commands.ts';

/** Adds `migrate` to the command line. */
export function addMigrate(program: Command, { jsonOption, exitsWith }: CommandDeps) {
  program
    .command('migrate')
    .description(
      'bring the database up to this version as its owner (DATABASE_OWNER_URL), and let the service only add to the books of refunds',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Not needed where one role owns the database and runs the service: that applies migrations when it starts. With two roles, run it
before the first start and before each start of a new version; the service does not read DATABASE_OWNER_URL.`,
    )
    .action(
      exitsWith(async ({ json }) => {
        return runMigrate({ ...readRoles(process.env), json, out: (line) => console.log(line) });
      }),
    );
}

/** @throws Error naming each file that cannot be read */
export function readRoles(given: NodeJS.ProcessEnv): { ownerUrl: string | undefined; serviceUrl: string | undefined } {
  const { env, problems } = readSecretFiles(given, ['DATABASE_OWNER_URL']);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { ownerUrl: env.DATABASE_OWNER_URL, serviceUrl: env.DATABASE_URL };
}

interface MigrateOptions {
  /** `DATABASE_OWNER_URL`. Unset: there is one role, which the service also applies migrations with. */
  readonly ownerUrl: string | undefined;
  /** `DATABASE_URL`: names the role that the service runs with. */
  readonly serviceUrl: string | undefined;
  readonly json: boolean;
  readonly out: (line: string) => void;
}

/** @returns the exit code 0. @throws Error with what is missing, or what PostgreSQL refused */
export async function runMigrate({ ownerUrl, serviceUrl, json, out }: MigrateOptions): Promise<0> {
  if (!serviceUrl) throw new Error('DATABASE_URL is not set: there is no database to bring up to this version.');
  const service = roleAt(serviceUrl);
  const owner = ownerUrl ? roleAt(ownerUrl) : service;
  if (ownerUrl && owner.user === service.user)
    throw new Error('DATABASE_OWNER_URL and DATABASE_URL name the same role: the service needs one of its own.');
  if (owner.place !== service.place)
    throw new Error(`DATABASE_OWNER_URL is ${owner.place}, and DATABASE_URL ${service.place}: name one database.`);
  if (ownerUrl) await keepPublic(ownerUrl, service.user);
  await migrate(ownerUrl || serviceUrl, { isOwner: Boolean(ownerUrl) });
  if (ownerUrl) await grantBooks(ownerUrl, service.user);
  if (json) out(JSON.stringify({ owner: owner.user, service: service.user }));
  else
    out(
      owner.user === service.user
        ? `The database is up to date. Role ${service.user} owns it, books of refunds included.`
        : `The database is up to date. Role ${owner.user} owns the books of refunds; role ${service.user} can only add to them.`,
    );
  return 0;
}

function roleAt(url: string): { user: string; place: string } {
  const { username, hostname, port, pathname } = new URL(url);
  return { user: decodeURIComponent(username), place: `${pathname.slice(1)} at ${hostname}:${port || '5432'}` };
}

/** Tables are made where the owner's migrations look for them, so nobody else may make anything there. */
const keepPublic = (ownerUrl: string, role: string): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    await tx.execute(sql`REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${sql.identifier(role)}`);
  });

/**
 * What the service needs, and of the books nothing but reading and adding. The queue makes its tables, so these are its own; for that it may create schemas.
 * Repeating it changes nothing. Throws when the owner may not: it must own the database and be a member of `role`.
 */
const grantBooks = (ownerUrl: string, role: string): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    const books = sql.join(
      BOOKS.map((table) => sql`public.${sql.identifier(getTableName(table))}`),
      sql`, `,
    );
    const to = sql.identifier(role);
    const { rows: changes } = await tx.execute<{ change: string }>(sql`
      SELECT format('ALTER TABLE %s OWNER TO %I', oid::regclass, current_user) AS change FROM pg_class
        WHERE oid = 'public.history'::regclass OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.history'::regclass)
      UNION ALL SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, ${role}::text) FROM pg_namespace WHERE nspname = ${QUEUE_SCHEMA}
      UNION ALL SELECT format('ALTER TABLE %s OWNER TO %I', oid::regclass, ${role}::text) FROM pg_class
        WHERE relnamespace = to_regnamespace(${QUEUE_SCHEMA}) AND (relkind IN ('r', 'p', 'v')
          OR relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND refobjsubid > 0))
      UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO %I', oid::regprocedure, ${role}::text) FROM pg_proc
        WHERE pronamespace = to_regnamespace(${QUEUE_SCHEMA})
      UNION ALL SELECT format('ALTER TYPE %s OWNER TO %I', t.oid::regtype, ${role}::text) FROM pg_type t JOIN pg_class c ON c.oid = typrelid
        WHERE typnamespace = to_regnamespace(${QUEUE_SCHEMA}) AND relkind = 'c'
      UNION ALL SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), ${role}::text)`);
    for (const statement of [
      ...changes.map(({ change }) => sql.raw(change)),
      sql`GRANT USAGE ON SCHEMA drizzle TO ${to}`,
      sql`GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO ${to}`,
      sql`GRANT SELECT ON ALL SEQUENCES IN SCHEMA drizzle TO ${to}`,
      sql`GRANT USAGE ON SCHEMA public TO ${to}`,
      sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${to}`,
      sql`REVOKE ALL ON ${books} FROM ${to}`,
      sql`GRANT SELECT, INSERT ON ${books} TO ${to}`,
      sql`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${to}`,
      sql`GRANT EXECUTE ON FUNCTION public.deskwright_make_history_month(date), public.deskwright_drop_history_month(date, bigint[]) TO ${to}`,
    ])
      await tx.execute(statement);
  });

/** In one transaction, in which no function or operator is called that another role made. */
async function asOwner(ownerUrl: string, work: (tx: Queryable) => Promise<void>): Promise<void> {
  const db = openDatabase(ownerUrl, { max: 1 });
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql`SET LOCAL search_path = pg_catalog, pg_temp`);
      await work(tx);
    });
  } finally {
    await db.$client.end();
  }
}
