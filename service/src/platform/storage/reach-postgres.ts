// Connects to the service's PostgreSQL: the one that DATABASE_URL names, or an embedded one.
import type { EmbeddedOptions, PostgresServer } from './embedded-postgres.ts';

/** Throws when the embedded server does not start. Its code is loaded only if it is needed. */
export async function reachPostgres(
  { databaseUrl, dataDir }: { databaseUrl: string | null; dataDir: string },
  logger: NonNullable<EmbeddedOptions['logger']>,
): Promise<PostgresServer> {
  if (databaseUrl !== null)
    return {
      url: databaseUrl,
      joined: true,
      trouble: () => null,
      lowDiskWarning: async () => null,
      lost: new Promise(() => undefined),
      stop: async () => undefined,
    };
  const { startEmbeddedPostgres } = await import('./embedded-postgres.ts');
  return startEmbeddedPostgres(dataDir, { logger });
}
