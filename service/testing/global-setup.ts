// Starts one real PostgreSQL for all service tests and prepares the template database that each test file clones.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/platform/storage/database.ts';
import { type PostgresServer, startEmbeddedPostgres } from '../src/platform/storage/embedded-postgres.ts';
import { embeddedUrl } from './restart-postgres.ts';

declare global {
  var deskwrightTestPostgres: PostgresServer | undefined;
}

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
  'max_wal_size=4GB',
  'checkpoint_timeout=1h',
  'autovacuum=off',
];

export default async function setUp(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'deskwright-test-'));
  const server = await startEmbeddedPostgres(directory, { settings: SETTINGS });
  await migrate(server.url);
  globalThis.deskwrightTestPostgres = server;
  process.env.TEST_POSTGRES_URL = server.url;
  process.env.TEST_POSTGRES_SUPERUSER_URL = embeddedUrl(directory);
}
