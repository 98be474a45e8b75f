// Opens the database for commands.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSecretFiles } from '../app/secret-files.ts';
import { type Database, migrate, openDatabase } from '../platform/storage/database.ts';
import { startEmbeddedPostgres } from '../platform/storage/embedded-postgres.ts';

export interface OperatorDatabase {
  db: Database;
  close: () => Promise<void>;
}

/** Where `deskwright demo` keeps its data, separate from a real installation's. */
export const DEMO_DATA_DIR = join('.deskwright', 'demo');

/**
 * Opens the service's database: DATABASE_URL, or the embedded one in DESKWRIGHT_DATA_DIR, or the demo's if it is
 * running here, or the one in `.deskwright`. Throws with what to do when there is none.
 */
export async function openOperatorDatabase(given: NodeJS.ProcessEnv): Promise<OperatorDatabase> {
  const { env, problems } = readSecretFiles(given);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (env.DATABASE_URL) return open(env.DATABASE_URL, async () => undefined);
  const dataDir = resolve(env.DESKWRIGHT_DATA_DIR || (isRunning(DEMO_DATA_DIR) ? DEMO_DATA_DIR : '.deskwright'));
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Error(
      `There is no database in ${dataDir} yet. Start the service first (npm start, or npx deskwright start), or name the database with DATABASE_URL or DESKWRIGHT_DATA_DIR.`,
    );
  }
  const server = await startEmbeddedPostgres(dataDir);
  // A server started by a running service is not stopped, even if the service has no open connection at the moment.
  return open(server.url, server.joined ? async () => undefined : server.stop);
}

async function open(url: string, stop: () => Promise<void>): Promise<OperatorDatabase> {
  await migrate(url);
  const db = openDatabase(url, { max: 2 });
  return {
    db,
    close: async () => {
      await db.$client.end();
      await stop();
    },
  };
}

function isRunning(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres', 'postmaster.pid'));
}
