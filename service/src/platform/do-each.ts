// Works through a list without letting one odd item stop the others.

/** Calls `work` for each item, one after the other, also after one has thrown. The first error is thrown once all were tried. */
export async function doEach<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
