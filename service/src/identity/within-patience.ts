// How long does somebody wait for an answer from Zendesk?
import { setTimeout as pause } from 'node:timers/promises';

/** Our client tries again for up to a minute; nobody looks at an empty sidebar for so long. */
export const PATIENCE_MS = 3_000;

/** The answer, or null when it takes longer than `ms`; the asking goes on for whoever comes next. */
export async function withinPatience<T>(asked: Promise<T>, ms: number): Promise<T | null> {
  const inTime = new AbortController();
  const tooLong = pause(ms, null, { signal: inTime.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([asked, tooLong]);
  } finally {
    inTime.abort();
  }
}
