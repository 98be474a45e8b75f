// Inspects the embedded PostgreSQL of a data directory, and crashes it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const pidFile = (dataDir: string) => join(dataDir, 'postgres', 'postmaster.pid');
const lineOf = (dataDir: string, line: number): string =>
  readFileSync(pidFile(dataDir), 'utf8').split('\n')[line] ?? '';

/** Process id of the running server. */
export const postgresPid = (dataDir: string): number => Number(lineOf(dataDir, 0));

/** Ends the server as a crash would. `SIGQUIT`: it drops everything at once; `SIGKILL`: it does not even notice. */
export function crashPostgres(dataDir: string, signal: 'SIGQUIT' | 'SIGKILL' = 'SIGQUIT'): void {
  process.kill(postgresPid(dataDir), signal);
}

/** Address of the database in the data directory for the superuser, while its server runs. */
export function embeddedUrl(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return `postgresql://deskwright:${password}@127.0.0.1:${lineOf(dataDir, 3)}/deskwright`;
}

/** Runs one statement as the superuser and gives its rows back. */
export async function asSuperuser(dataDir: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: embeddedUrl(dataDir) });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Whether the server of the data directory takes connections. */
export const answers = (dataDir: string): Promise<boolean> =>
  asSuperuser(dataDir, 'SELECT 1').then(
    () => true,
    () => false,
  );

/** Ends a PostgreSQL that outlived its killed service. */
export function stopOrphan(dataDir: string): void {
  if (existsSync(pidFile(dataDir))) crashPostgres(dataDir);
}
