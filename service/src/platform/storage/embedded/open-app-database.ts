// Creates the service's database and an ordinary role, so that it never works as the superuser.
import pg from 'pg';

export interface Logins {
  port: number;
  /** Password of the superuser `deskwright`. */
  superuserPassword: string;
  /** Password of the ordinary role. */
  appPassword: string;
}

const ROLE = 'deskwright_app';
/** Any fixed number, used as a lock: two processes may start at the same time. */
const LOCK = 4_600_460_047;

/** Address of the database as the ordinary role sees it. */
function appUrl({ port, appPassword }: Pick<Logins, 'port' | 'appPassword'>): string {
  return `postgresql://${ROLE}:${appPassword}@127.0.0.1:${port}/deskwright`;
}

/** Creates role and database if they are missing, and returns the database's address. Throws when the server refuses the login. */
export async function openAppDatabase(logins: Logins): Promise<string> {
  const url = appUrl(logins);
  if (await canLogIn(url)) return url;
  const address = (database: string) =>
    `postgresql://deskwright:${logins.superuserPassword}@127.0.0.1:${logins.port}/${database}`;
  await withClient(address('postgres'), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount: hasRole } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
    await client.query(
      `${hasRole ? 'ALTER' : 'CREATE'} ROLE ${ROLE} LOGIN PASSWORD ${client.escapeLiteral(logins.appPassword)}`,
    );
    const { rowCount: hasDatabase } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'deskwright'");
    if (!hasDatabase) await client.query(`CREATE DATABASE deskwright OWNER ${ROLE}`);
    else {
      await client.query(`ALTER DATABASE deskwright OWNER TO ${ROLE}`);
      await withClient(address('deskwright'), (own) => own.query(HAND_OVER));
    }
  });
  return url;
}

/** A database of an earlier version belongs to the superuser, whose objects `REASSIGN OWNED` cannot move. */
const HAND_OVER = `
DO $$
DECLARE command text;
BEGIN
  FOR command IN
    SELECT format('ALTER SCHEMA %I OWNER TO ${ROLE}', nspname) FROM pg_namespace
    WHERE nspowner = 'deskwright'::regrole AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT format('ALTER TABLE %s OWNER TO ${ROLE}', c.oid::regclass) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relowner = 'deskwright'::regrole AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO ${ROLE}', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.proowner = 'deskwright'::regrole AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT format('ALTER TYPE %s OWNER TO ${ROLE}', t.oid::regtype) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typowner = 'deskwright'::regrole AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('e', 'd')
  LOOP
    EXECUTE command;
  END LOOP;
END $$`;

async function canLogIn(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    // 28: the role is missing or has another password; 3D: the database is missing. Other errors are thrown.
    if (/^(?:28|3D)/.test((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
