// Processes a list so that one invalid item does not stop the others.

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
