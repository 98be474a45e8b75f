// Finds the PostgreSQL of the service: the one that DATABASE_URL names, else an embedded one.
import type { EmbeddedOptions, PostgresServer } from './embedded-postgres.ts';

/** Throws when the embedded server does not start. It is loaded only where nobody names another. */
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
