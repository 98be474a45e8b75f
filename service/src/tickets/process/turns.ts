// Runs one piece of work alone and all others in parallel.

export interface Turns {
  /** Waits while exclusive work runs or waits. */
  beside: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits for running work, and lets nothing else start. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A readers-writer lock: first come, first served, so nothing waits for ever. */
export function createTurns(): Turns {
  const queue: { alone: boolean; start: () => void }[] = [];
  let running = 0;
  let isAlone = false;

  function startNext(): void {
    for (let [next] = queue; next && !isAlone && !(next.alone && running > 0); [next] = queue) {
      queue.shift();
      running += 1;
      isAlone = next.alone;
      next.start();
    }
  }

  async function take<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      queue.push({ alone, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      isAlone = false;
      startNext();
    }
  }

  return { beside: (work) => take(false, work), alone: (work) => take(true, work) };
}
