// Starts one real PostgreSQL for all service tests and prepares the template database that each test file clones.
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { migrate } from '../src/platform/storage/database.ts';
import { type PostgresServer, startEmbeddedPostgres } from '../src/platform/storage/embedded-postgres.ts';
import { deleteAbandonedFolders, makeOwnedFolder } from './owned-folders.ts';
import { embeddedUrl } from './restart-postgres.ts';

declare global {
  var deskwrightTestPostgres: { server: PostgresServer; directory: string } | undefined;
}

/** Linux keeps files in memory there. Each test database is hundreds of files, made and deleted again. */
const MEMORY = '/dev/shm';
/** `max_wal_size`, and as much for the databases of all workers. Containers often have 64 MB only. Bytes. */
const NEEDED = 2 ** 30;

/**
 * Nothing of it is kept, so nothing is written to the disk for safety. Autovacuum would visit every database of every file, and change plans
 * and counts in the middle of a test by what it saw; a test that needs statistics runs ANALYZE.
 */
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=512MB',
  'checkpoint_timeout=1h',
  'autovacuum=off',
  // Several whole services at once, each with a pool for its web part, its worker and its queue.
  'max_connections=400',
];

export default async function setUp(): Promise<void> {
  for (const parent of [MEMORY, tmpdir()]) if (existsSync(parent)) deleteAbandonedFolders(parent);
  const directory = makeOwnedFolder(hasRoom(MEMORY) ? MEMORY : tmpdir());
  cleanUpIfInterrupted(directory);
  const server = await startEmbeddedPostgres(directory, { settings: SETTINGS });
  await migrate(server.url);
  globalThis.deskwrightTestPostgres = { server, directory };
  process.env.TEST_POSTGRES_URL = server.url;
  process.env.TEST_POSTGRES_SUPERUSER_URL = embeddedUrl(directory);
}

/** A process that a signal ends runs no `exit` handler, and the server would stay: one of them stops it. */
function cleanUpIfInterrupted(directory: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The server may still be writing; then the next run deletes the rest.
    }
  });
}

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= NEEDED;
}
