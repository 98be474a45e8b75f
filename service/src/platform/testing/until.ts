// Polls in a test until a condition holds.

/** Polls until `condition` holds. The deadline is for what never comes: a busy machine may be several times slower than this one. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 120_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${milliseconds} ms in vain for: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
