// Does work for each item of a list, one after the other or several at once.

/** Calls `work` for each item, one after the other, also after one has thrown. Once all were tried, throws as `throwFailures` does. */
export async function doEach<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  throwFailures(failures);
}

/** Throws the error of one that failed. Of several, throws how many they are, with the first as its cause: the log has one line for a job. */
export function throwFailures(failures: readonly unknown[]): void {
  const [first] = failures;
  if (failures.length > 1) throw new Error(`${failures.length} failed; the cause of the first`, { cause: first });
  if (failures.length === 1) throw first;
}

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
