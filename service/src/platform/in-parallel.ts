// Works on a few items of a list at a time.

/**
 * Calls `work` for each item, `width` at a time; when `signal` aborts, no further item is started. If `work` throws, the other workers go on;
 * the first error is thrown once all have ended, since one that still ran after our end could find the database closed.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  async function worker(): Promise<void> {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      if (signal?.aborted) return;
      await work(next.value);
    }
  }
  for (const ended of await Promise.allSettled(Array.from({ length: width }, worker)))
    if (ended.status === 'rejected') throw ended.reason;
}
