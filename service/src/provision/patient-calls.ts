// Makes the calls of an apply: within the write budget, and again where Zendesk said "busy".
import { takeToken } from '../platform/outbox/rate.ts';
import type { Database } from '../platform/storage/database.ts';
import { WRITES } from '../tickets/index.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';

/** How calls to Zendesk are made; both throw what the call throws. */
export interface Calls {
  read<T>(call: () => Promise<T>): Promise<T>;
  write<T>(call: () => Promise<T>): Promise<T>;
}

/** Each at once and once. */
export const PROMPT_CALLS: Calls = { read: (call) => call(), write: (call) => call() };

export interface WriteBudget {
  db: Database;
  /** Writes that the budget allows, which tickets share. */
  perMinute: () => number;
}

export interface Patience {
  /** Waits for milliseconds. */
  pause: (ms: number) => Promise<unknown>;
  onWait: (ms: number, why: string) => void;
  /** Aborted by the person: no other call begins. */
  signal: AbortSignal;
}

/** No further step begins; the message says why. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Zendesk's windows last a minute; a longer wait is left to the person. */
const LONGEST_WAIT_MS = 60_000;
const TRIES = 4;
/** The budget may be blocked because Zendesk refuses our login. */
const LONGEST_BUDGET_WAIT_MS = 5 * 60_000;

/** @param budget null: there is no database yet, and so no tickets that share it */
export function patientCalls(deps: Patience, budget: WriteBudget | null): Calls {
  return {
    read: (call) => retrying(deps, call),
    write: (call) =>
      retrying(deps, async () => {
        if (budget) await takeTurn({ ...deps, ...budget });
        return call();
      }),
  };
}

/** Repeats a call to which Zendesk said "busy": nothing was done. */
async function retrying<T>({ pause, onWait, signal }: Patience, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.kind !== 'busy' || tries >= TRIES) throw error;
      const ms = error.retryAfterMs ?? LONGEST_WAIT_MS;
      if (ms > LONGEST_WAIT_MS || signal.aborted) throw error;
      onWait(ms, 'Zendesk asks to wait');
      await pause(ms);
    }
  }
}

/** Waits for a write of the budget that tickets share. */
async function takeTurn({ db, perMinute, pause, onWait, signal }: Patience & WriteBudget): Promise<void> {
  for (let waitedMs = 0; ; ) {
    const budget = await takeToken(db, WRITES, perMinute());
    if (budget.granted) return;
    if (waitedMs + budget.waitMs > LONGEST_BUDGET_WAIT_MS)
      throw new StoppedError('the write budget is used up or writing to Zendesk has stopped (see `deskwright doctor`)');
    if (signal.aborted) throw new StoppedError('it was interrupted');
    onWait(budget.waitMs, 'the write budget is used up');
    await pause(budget.waitMs);
    waitedMs += budget.waitMs;
  }
}
