// Waits until the service is ready.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './run-process.ts';

/** Asks `/readyz` until it says yes. Throws when the process ends, or after 60 s, with where to look. */
export async function waitUntilReady(serviceUrl: string, part: Part): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (part.process.exitCode !== null || part.process.signalCode !== null) {
      await part.ended;
      throw new Error(part.lastWords());
    }
    const answer = await fetch(`${serviceUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`${part.name} was not ready within 60 s. Its log: ${part.logFile}`);
}
