// Opens the service's database for commands, and names it.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isOnThisMachine, zendeskOf } from '../app/config.ts';
import { readSecretFiles } from '../app/secrets.ts';
import { isSameAccount, readServiceRecord } from '../app/service-record.ts';
import { type Database, migrate, openDatabase } from '../platform/storage/database.ts';
import { startEmbeddedPostgres } from '../platform/storage/embedded-postgres.ts';

export interface OperatorDatabase {
  db: Database;
  /** `the database deskwright at db.test:5432, of https://acme.zendesk.com`. Without the password. */
  name: string;
  /** See `PostgresServer`; always null for a database on another machine. */
  lowDiskWarning: () => Promise<string | null>;
  close: () => Promise<void>;
}

interface OpenOptions {
  /** Whether missing migrations are applied. Default: yes. */
  migrates?: boolean;
  /** Most that a statement may take; default: no limit. */
  statementMs?: number;
}

/** Where `deskwright demo` keeps its data, separate from a real installation's. */
export const DEMO_DATA_DIR = join('.deskwright', 'demo');

/**
 * Opens the service's database: DATABASE_URL, or the embedded one in DESKWRIGHT_DATA_DIR, or the demo's if it is
 * running here and no account is set, or the one in `.deskwright`.
 * @throws Error with what to do when there is none, when no service has used it, or when it is another account's. A database that is not the service's is not changed.
 */
export async function openOperatorDatabase(
  given: NodeJS.ProcessEnv,
  options: OpenOptions = {},
): Promise<OperatorDatabase> {
  const { env, problems } = readSecretFiles(given);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const account = zendeskOf(env);
  if (env.DATABASE_URL)
    return open(env.DATABASE_URL, {
      ...options,
      name: nameOf(env.DATABASE_URL),
      account,
      lowDiskWarning: async () => null,
      stop: async () => undefined,
    });
  const isDemo = isRunning(DEMO_DATA_DIR) && (account === null || isOnThisMachine(account));
  const dataDir = resolve(env.DESKWRIGHT_DATA_DIR || (isDemo ? DEMO_DATA_DIR : '.deskwright'));
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Error(
      `There is no database in ${dataDir} yet. Start the service first (npm start, or npx deskwright start), or name the database with DATABASE_URL or DESKWRIGHT_DATA_DIR.`,
    );
  }
  const server = await startEmbeddedPostgres(dataDir);
  return open(server.url, {
    ...options,
    name: `the embedded database in ${dataDir}`,
    // Whoever names the demo's folder means the demo, whatever account is set for the service.
    account: dataDir === resolve(DEMO_DATA_DIR) ? null : account,
    lowDiskWarning: server.lowDiskWarning,
    // A server started by a running service is not stopped, even if the service has no open connection at the moment.
    stop: server.joined ? async () => undefined : server.stop,
  });
}

/**
 * Runs a command on the service's database. Says first which database it is; in JSON it is the key `database`.
 * @param run gets what prints: sentences, or one JSON object
 */
export async function withOperatorDatabase(
  { env, json, out }: { env: NodeJS.ProcessEnv; json: boolean; out: (line: string) => void },
  run: (db: Database, out: (line: string) => void) => Promise<number>,
): Promise<number> {
  const { db, name, close } = await openOperatorDatabase(env);
  try {
    if (!json) out(`Reads ${name}.\n`);
    return await run(db, json ? (line) => out(withName(line, name)) : out);
  } finally {
    await close();
  }
}

const withName = (line: string, database: string): string =>
  JSON.stringify({ ...(JSON.parse(line) as object), database });

interface Opening extends OpenOptions, Pick<OperatorDatabase, 'lowDiskWarning'> {
  name: string;
  /** The account that is set; null: none. */
  account: string | null;
  stop: () => Promise<void>;
}

async function open(
  url: string,
  { name, account, lowDiskWarning, stop, migrates = true, statementMs }: Opening,
): Promise<OperatorDatabase> {
  const db = openDatabase(url, { max: 2, ...(statementMs !== undefined && { statementMs }) });
  const close = async () => {
    await db.$client.end();
    await stop();
  };
  try {
    const used = await readServiceRecord(db).catch((error: unknown) => {
      throw new Error(`Cannot use ${name}: ${causeOf(error)}.`, { cause: error });
    });
    if (used.by === 'nobody')
      throw new Error(
        `No service has run with ${name}. Name the service's database with DATABASE_URL or DESKWRIGHT_DATA_DIR, or run the command in the service's folder.`,
      );
    if (account !== null && used.zendesk !== null && !isSameAccount(account, used.zendesk))
      throw new Error(
        `${name} belongs to the service of ${used.zendesk}, and ${account} is set (ZENDESK_SUBDOMAIN or ZENDESK_BASE_URL). Set DATABASE_URL or DESKWRIGHT_DATA_DIR to the database of ${account}, or the account to ${used.zendesk}.`,
      );
    if (migrates) await migrate(url);
    return { db, name: used.zendesk === null ? name : `${name}, of ${used.zendesk}`, lowDiskWarning, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `the database ${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port || '5432'} (DATABASE_URL)`;
}

function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(causeOf).join(', ');
  if (error instanceof Error && error.cause !== undefined) return causeOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}

function isRunning(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres', 'postmaster.pid'));
}
