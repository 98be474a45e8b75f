// How do tests wait for what happens elsewhere?

/** Polls until `condition` holds; throws when it does not within the time. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${milliseconds} ms in vain for: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
