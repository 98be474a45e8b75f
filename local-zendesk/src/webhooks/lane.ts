// Limits the concurrent deliveries to one receiver.

export interface Lane {
  push(job: () => Promise<void>): void;
  /** Waiting plus running jobs. */
  size(): number;
  clear(): void;
}

/** Runs pushed jobs, at most `width` at once, started in the order they came. Jobs must not reject. */
export function createLane(width: number): Lane {
  let waiting: (() => Promise<void>)[] = [];
  let head = 0;
  let running = 0;

  function fill() {
    while (running < width && head < waiting.length) {
      const job = waiting[head];
      head += 1;
      running += 1;
      void job?.().finally(() => {
        running -= 1;
        fill();
      });
    }
    // Shifting an array of thousands for each job is quadratic; drop the finished part when the rest is done.
    if (head === waiting.length) {
      waiting = [];
      head = 0;
    }
  }

  return {
    push(job) {
      waiting.push(job);
      fill();
    },
    size: () => waiting.length - head + running,
    clear() {
      waiting = [];
      head = 0;
    },
  };
}
