// Declares a check of `deskwright doctor`, and runs all of them.
import type { Policy } from '@deskwright/shared';
import type { Config } from '../../app/config.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { ZendeskClient } from '../../zendesk/create-zendesk.ts';

export interface DoctorDeps {
  db: Database;
  policy: Policy;
  config: Config;
  /** Null: PUBLIC_URL is not set. */
  publicUrl: string | null;
  /** With the scope of `plan` and `apply`. */
  zendesk: ZendeskClient;
  /** With the scope of the service. */
  asService: ZendeskClient;
  fetch: typeof fetch;
  now: () => Date;
}

export interface Verdict {
  /** `warning`: it works, and something should be done. `skipped`: it could not be told. */
  verdict: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  message: string;
  /** What to do; absent: nothing. */
  action?: string;
}

export interface Check {
  name: string;
  run: (deps: DoctorDeps) => Promise<Verdict>;
}

export type Result = Verdict & { name: string };

export const ok = (message: string): Verdict => ({ verdict: 'ok', message });
export const warning = (message: string, action: string): Verdict => ({ verdict: 'warning', message, action });
export const failed = (message: string, action: string): Verdict => ({ verdict: 'failed', message, action });
export const skipped = (message: string, action?: string): Verdict => ({
  verdict: 'skipped',
  message,
  ...(action !== undefined && { action }),
});

/** One after the other; a check that throws has failed. `onResult` is called for each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  deps: DoctorDeps,
  onResult: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, run } of checks) {
    const verdict = await run(deps).catch((error: unknown) =>
      failed(
        error instanceof Error ? error.message : String(error),
        'Correct this first, then run `deskwright doctor` again.',
      ),
    );
    const result = { name, ...verdict };
    results.push(result);
    onResult(result);
  }
  return results;
}
