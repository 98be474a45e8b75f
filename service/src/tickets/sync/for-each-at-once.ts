// Works on a few items of a list at a time.

/** Each ticket is its own transaction; a few at once keep PostgreSQL busy without starving the webhooks. */
const AT_ONCE = 4;

/** Aborted, it begins no more. All workers are waited for, whatever one throws: one that still ran after our end would meet a database that is closed. */
export async function forEachAtOnce<T>(
  items: Iterable<T>,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  async function worker(): Promise<void> {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      if (signal?.aborted) return;
      await work(next.value);
    }
  }
  for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, worker)))
    if (ended.status === 'rejected') throw ended.reason;
}
