// Reads the warnings the service reports to its operator.
import { z } from 'zod';

const readyAnswer = z.object({ checks: z.record(z.string(), z.object({ warning: z.string().optional() })) });

/** Those that nothing else in the demo shows: a refused policy is told with the progress. */
const TOLD = ['names', 'webhooks'];

/** From the service's own `/readyz`; null while it does not answer. */
export async function readWarnings(serviceUrl: string): Promise<string[] | null> {
  const answer = await fetch(`${serviceUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  const { data } = readyAnswer.safeParse(await answer?.json().catch(() => null));
  return data ? TOLD.flatMap((name) => data.checks[name]?.warning ?? []) : null;
}
