// Stops the PostgreSQL of the tests and deletes its files.
import { rmSync } from 'node:fs';

export default async function tearDown(): Promise<void> {
  const started = globalThis.deskwrightTestPostgres;
  if (started === undefined) return;
  await started.server.stop();
  rmSync(started.directory, { recursive: true, force: true });
}
