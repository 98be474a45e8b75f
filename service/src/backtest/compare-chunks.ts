// Compares two policies on many past tickets, on all processors.
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { type Chunk, type LabelSource, ticketsOf } from '../past-tickets/index.ts';
import { buildComparison, type Comparison } from './compare-tickets.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';

export interface ThreadData {
  readonly comparison: Comparison;
  readonly labels: LabelSource | undefined;
}

export interface CompareOptions {
  readonly labels?: LabelSource | undefined;
  /** Threads; left out: one per processor. The result does not depend on it. */
  readonly threads?: number | undefined;
  /** Called after each chunk with what was compared so far. */
  readonly onProgress?: ((soFar: Tally) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Chunks that wait in memory for each thread, so that none is idle while the next is read. */
const WAITING = 2;

/**
 * Compares chunk by chunk: only some are in memory.
 * @throws the signal's reason when aborted, and what reading the chunks throws
 */
export async function compareChunks(
  comparison: Comparison,
  chunks: AsyncIterable<Chunk>,
  { labels, threads = availableParallelism(), onProgress, signal }: CompareOptions = {},
): Promise<Tally> {
  const whole = emptyTally();
  const take = (part: Tally): void => {
    addTally(whole, part, comparison.samples);
    onProgress?.(whole);
  };
  const reader = chunks[Symbol.asyncIterator]();
  try {
    const [first, second] = [await reader.next(), await reader.next()];
    // Node runs no TypeScript in a thread; and a single chunk is compared before a thread has started.
    const inThreads = import.meta.url.endsWith('.js') && threads > 0 && second.done !== true;
    const pool = inThreads ? startPool({ comparison, labels }, threads) : startOne({ comparison, labels });
    try {
      await inTurns([first, second], reader, {
        compare: pool.compare,
        take,
        most: inThreads ? threads * WAITING : 1,
        signal,
      });
    } finally {
      await pool.stop();
    }
  } finally {
    await reader.return?.();
  }
  return whole;
}

interface Pool {
  readonly compare: (chunk: Chunk) => Promise<Tally>;
  readonly stop: () => Promise<void>;
}

function startPool(workerData: ThreadData, threads: number): Pool {
  const pool = new Piscina<Chunk, Tally>({
    filename: new URL('./compare-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData,
    // The process's own flags (`--input-type`, `--inspect`) must not be inherited.
    execArgv: [],
  });
  return { compare: (chunk) => pool.run(chunk), stop: () => pool.destroy() };
}

function startOne({ comparison, labels }: ThreadData): Pool {
  const compare = buildComparison(comparison);
  return { compare: async (chunk) => compare(ticketsOf(chunk, labels)), stop: async () => undefined };
}

interface Turns {
  readonly compare: Pool['compare'];
  readonly take: (part: Tally) => void;
  /** Chunks compared at the same time. */
  readonly most: number;
  readonly signal: AbortSignal | undefined;
}

async function inTurns(
  read: readonly IteratorResult<Chunk>[],
  reader: AsyncIterator<Chunk>,
  { compare, take, most, signal }: Turns,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const queue = [...read];
  for (;;) {
    const next = queue.shift() ?? (await reader.next());
    if (next.done === true) break;
    signal?.throwIfAborted();
    const one: Promise<void> = compare(next.value)
      .then(take)
      .finally(() => running.delete(one));
    // A failure is thrown below; until then it is not unhandled.
    one.catch(() => undefined);
    running.add(one);
    if (running.size >= most) await Promise.race(running);
  }
  await Promise.all(running);
}
