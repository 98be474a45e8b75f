// Waits for a condition without a fixed sleep.

/** Polls until `check` gives something truthy and returns it. @throws Error after `deadlineMs`. */
export async function until<T>(check: () => T | Promise<T>, deadlineMs = 120_000): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const seen = await check();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms in vain for: ${check.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
