// Declares a check of `deskwright doctor`, and runs all of them.
import { setTimeout as pause } from 'node:timers/promises';
import { howToGoOn } from '../../zendesk/stopped-while.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { type DoctorDeps, Unavailable } from './parts.ts';

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
  /** Takes many calls on a large account, so that running out of time is no fault. */
  isLong?: true;
  run: (deps: DoctorDeps) => Promise<Verdict>;
}

export type Result = Verdict & { name: string };

/** @param action what could be done, where that is a choice */
export const ok = (message: string, action?: string): Verdict => ({
  verdict: 'ok',
  message,
  ...(action !== undefined && { action }),
});
export const warning = (message: string, action: string): Verdict => ({ verdict: 'warning', message, action });
export const failed = (message: string, action: string): Verdict => ({ verdict: 'failed', message, action });
export const skipped = (message: string, action?: string): Verdict => ({
  verdict: 'skipped',
  message,
  ...(action !== undefined && { action }),
});

/** Most that one check may take. */
const LIMIT_MS = 10_000;

export interface RunOptions {
  /** Called for each check as it ends. */
  onResult: (result: Result) => void;
  limitMs?: number;
}

/** One after the other; none stops the others. A check that throws or takes too long has failed. */
export async function runChecks(
  checks: readonly Check[],
  deps: DoctorDeps,
  { onResult, limitMs = LIMIT_MS }: RunOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    const result = { name: check.name, ...(await runWithin(check, deps, limitMs)) };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function runWithin({ run, isLong }: Check, deps: DoctorDeps, limitMs: number): Promise<Verdict> {
  const ended = new AbortController();
  const tooLong = pause(limitMs, lateVerdict(isLong, limitMs), { signal: ended.signal });
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([run(deps).catch(verdictOf), tooLong]);
  } finally {
    ended.abort();
  }
}

function lateVerdict(isLong: boolean | undefined, limitMs: number): Verdict {
  const message = `It did not end within ${limitMs / 1000} s.`;
  return isLong
    ? skipped(message, 'Run `deskwright doctor` again when the account is quiet.')
    : failed(message, 'See that what it asks runs and can be reached from here, then run `deskwright doctor` again.');
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof Unavailable) return skipped(error.message);
  return failed(
    error instanceof Error ? error.message : String(error),
    error instanceof ZendeskError ? howToGoOn(error) : 'Correct this first, then run `deskwright doctor` again.',
  );
}
