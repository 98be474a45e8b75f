// Starts one real PostgreSQL for all service tests and prepares the template database that each test file clones.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startEmbeddedPostgres } from '../src/platform/storage/embedded-postgres.ts';
import { migrate } from '../src/platform/storage/migrate.ts';
import { embeddedUrl } from './restart-postgres.ts';

declare global {
  var deskwrightTestPostgres: PostgresServer | undefined;
}

export default async function setUp(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'deskwright-test-'));
  const server = await startEmbeddedPostgres(directory, { settings: ['fsync=off', 'full_page_writes=off'] });
  await migrate(server.url);
  globalThis.deskwrightTestPostgres = server;
  process.env.TEST_POSTGRES_URL = server.url;
  process.env.TEST_POSTGRES_SUPERUSER_URL = embeddedUrl(directory);
}
