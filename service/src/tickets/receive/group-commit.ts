// Combines many small writes in one commit.

/** Too much is waiting: the caller should ask the sender to retry later. */
export class OverloadedError extends Error {
  override name = 'OverloadedError';
}

export interface GroupCommitOptions<T> {
  /** Commits one group; an error rejects every member of the group. */
  commit: (group: T[]) => Promise<void>;
  sizeOf: (item: T) => number;
  /** How long the first of a group waits for others, when nothing is being committed. Milliseconds. */
  lingerMs: number;
  maxGroup: number;
  maxGroupBytes: number;
  /** If more are waiting, `add` refuses. */
  maxWaiting: number;
  maxWaitingBytes: number;
}

export interface GroupCommit<T> {
  /** Resolves once the item is durable. Rejects with `OverloadedError`, or with the commit's error. */
  add: (item: T) => Promise<void>;
  isFull: () => boolean;
  waiting: () => number;
  /** Resolves when everything added so far has been committed or refused. */
  drained: () => Promise<void>;
}

interface Entry<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * One commit at a time; items that arrive meanwhile form the next group. So group size grows with the load, latency does not:
 * the natural batching of write-ahead logs (DeWitt et al., "Implementation techniques for main memory database systems", 1984).
 */
export function createGroupCommit<T>(options: GroupCommitOptions<T>): GroupCommit<T> {
  let queue: Entry<T>[] = [];
  let waitingBytes = 0;
  let running: Promise<void> | null = null;

  const isFull = () => queue.length >= options.maxWaiting || waitingBytes >= options.maxWaitingBytes;

  function add(item: T): Promise<void> {
    if (isFull()) return Promise.reject(new OverloadedError(`${queue.length} items wait to be stored`));
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      waitingBytes += options.sizeOf(item);
      running ??= run();
    });
  }

  async function run(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, options.lingerMs));
    while (queue.length > 0) await commitGroup(takeGroup());
    // In the same tick as the check of the queue: later items start the next run.
    running = null;
  }

  async function commitGroup(group: Entry<T>[]): Promise<void> {
    try {
      await options.commit(group.map((entry) => entry.item));
      for (const entry of group) entry.resolve();
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
  }

  /** Takes at least one item, then as many as fit. */
  function takeGroup(): Entry<T>[] {
    let bytes = 0;
    let count = 0;
    for (const { item } of queue) {
      const size = options.sizeOf(item);
      if (count > 0 && (count >= options.maxGroup || bytes + size > options.maxGroupBytes)) break;
      bytes += size;
      count += 1;
    }
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    waitingBytes -= bytes;
    return group;
  }

  return { add, isFull, waiting: () => queue.length, drained: () => running ?? Promise.resolve() };
}
