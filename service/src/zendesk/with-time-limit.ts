// Limits how long a caller waits for an answer from Zendesk.
import { setTimeout as pause } from 'node:timers/promises';
import { ZendeskError } from './zendesk.ts';

/** Our client retries for up to a minute; an agent should not look at an empty sidebar for that long. */
export const MAX_WAIT_MS = 3_000;

/** The answer, or null when it takes longer than `ms`; the call continues for later callers. */
export function withTimeLimit<T>(asked: Promise<T>, ms: number): Promise<T | null> {
  return raceAgainst(asked, ms, () => null);
}

/** The answer. Throws `ZendeskError` (`unavailable`) when it takes longer than `ms`; the call itself continues. */
export function answeredWithin<T>(asked: Promise<T>, ms: number): Promise<T> {
  return raceAgainst(asked, ms, () => {
    throw new ZendeskError('unavailable', `Zendesk did not answer within ${ms} ms`, null);
  });
}

async function raceAgainst<T, Late>(asked: Promise<T>, ms: number, onLate: () => Late): Promise<T | Late> {
  const inTime = new AbortController();
  const tooLong = pause(ms, onLate, { signal: inTime.signal, ref: false });
  tooLong.catch(() => undefined);
  try {
    const first = await Promise.race([asked.then((answer) => () => answer), tooLong]);
    return first();
  } finally {
    inTime.abort();
  }
}
