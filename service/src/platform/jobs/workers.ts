// Works off the jobs of this process, and stops.
import { setTimeout as pause } from 'node:timers/promises';
import { type Job as QueuedJob, UnrecoverableError, Worker } from 'bullmq';
import { z } from 'zod';
import { aboutError } from '../errors/about-error.ts';
import { withTimeout } from '../errors/outside-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Job } from './define-job.ts';
import type { AnyWorker, QueueBackend } from './queue-backend.ts';

/**
 * A worker that dies leaves its jobs locked. With these they are taken up again after 10 to 15 s (tried on both stores with
 * `kill -9`: 10.6 s); BullMQ's own 30 s and 30 s would make it a minute.
 */
const LOCK = { lockDuration: 10_000, stalledInterval: 5_000 };
/** Killed again and again, a batch is still tried: its rows count the processes they ended, and are set aside. */
const STALLS_ALLOWED = 1_000;
const RETRY_PAUSE = 1_000;
const CLOSING = 1_000;
const FAULT_EVERY = 10_000;

export interface Workers {
  /** Waits for the jobs in hand. False: some were still running after `graceMs`. */
  stop: (graceMs: number) => Promise<boolean>;
}

/** Starts one worker per job, and waits until they listen; while the store is away, it tries for ever. */
export async function startWorkers(
  backend: QueueBackend,
  jobs: readonly Job[],
  logger: Logger,
  signal: AbortSignal,
): Promise<Workers> {
  let lastFaultAt = Number.NEGATIVE_INFINITY;
  const inHand = new Set<Promise<void>>();
  const workers = (await Promise.all(jobs.map(startOne))).filter((worker) => worker !== null);
  /** Takes up nothing more; each promise resolves when that worker's jobs in hand are done. */
  let pausing: Promise<unknown> | null = null;
  const windDown = () => {
    pausing ??= Promise.allSettled(workers.map((worker) => worker.pause()));
    return pausing;
  };
  if (signal.aborted) void windDown();
  else signal.addEventListener('abort', () => void windDown(), { once: true });

  return {
    stop: async (graceMs) => {
      const end = await Promise.race([
        windDown().then(() => 'finished' as const),
        idleWithoutStore().then(() => 'store_away' as const),
        pause(graceMs, 'late' as const, { ref: false }),
      ]);
      // Closing talks to the store, which may be away.
      const closed = Promise.allSettled(workers.map((worker) => worker.close(end !== 'finished')));
      await Promise.race([closed, pause(CLOSING, null, { ref: false })]);
      return end !== 'late';
    },
  };

  /** BullMQ's own pausing waits for a store that is away; then no job comes any more, and those in hand are all there is to wait for. */
  async function idleWithoutStore(): Promise<void> {
    const answers = await withTimeout(backend.ping(), CLOSING, 'The queue did not answer').then(
      () => true,
      () => false,
    );
    if (answers) await new Promise(() => undefined);
    await Promise.allSettled(inHand);
  }

  /** BullMQ remembers a first connection that failed and never tries again, so a worker that did not start is made anew. */
  async function startOne(job: Job): Promise<AnyWorker | null> {
    while (!signal.aborted) {
      const worker = makeWorker(job);
      try {
        await worker.waitUntilReady();
        return worker;
      } catch (error) {
        logger.warn(
          { job: job.definition.name, ...aboutError(error) },
          'A worker could not reach the queue; trying again',
        );
        await worker.close(true).catch(() => undefined);
        await pause(RETRY_PAUSE);
      }
    }
    return null;
  }

  /** A store that is away fails every worker several times a second. */
  function reportFault(name: string, error: Error): void {
    const now = performance.now();
    if (now - lastFaultAt < FAULT_EVERY) return;
    lastFaultAt = now;
    logger.warn({ job: name, ...aboutError(error) }, 'Workers cannot use the queue; they keep trying');
  }

  function makeWorker({ definition }: Job): AnyWorker {
    const { name, concurrency } = definition;
    const worker: AnyWorker = new Worker(
      name,
      (queued) => {
        const running = runJob({ jobs, signal, logger }, queued).finally(() => inHand.delete(running));
        inHand.add(running);
        return running;
      },
      {
        ...LOCK,
        connection: backend.worker,
        concurrency,
        maxStalledCount: STALLS_ALLOWED,
        runRetryDelay: RETRY_PAUSE,
      },
      backend.factory,
    );
    worker.on('error', (error) => reportFault(name, error));
    worker.on('stalled', (jobId) => logger.warn({ job: name, jobId }, 'A job was left behind and is taken up again'));
    worker.on('failed', (job, error) =>
      logger.warn({ job: name, jobId: job?.id, attempt: job?.attemptsMade, ...aboutError(error) }, 'A job failed'),
    );
    return worker;
  }
}

interface RunJobDeps {
  jobs: readonly Job[];
  signal: AbortSignal;
  logger: Logger;
}

/**
 * Runs one job. A name that no version of ours knows is dropped with a warning (an older one may have left it); a payload that does
 * not fit is thrown and not tried again, because it would not fit then either. @internal
 */
export async function runJob(
  { jobs, signal, logger }: RunJobDeps,
  queued: Pick<QueuedJob, 'id' | 'name' | 'data' | 'attemptsMade'>,
): Promise<void> {
  const jobId = queued.id ?? '';
  const job = jobs.find(({ definition }) => definition.name === queued.name);
  if (!job) {
    logger.warn({ job: queued.name, jobId }, 'A job of an unknown name was dropped');
    return;
  }
  const payload = job.definition.payload.safeParse(queued.data);
  if (!payload.success) {
    throw new UnrecoverableError(
      `Job ${queued.name} (${jobId}) carries a wrong payload: ${z.prettifyError(payload.error)}`,
    );
  }
  await job.run(payload.data, { jobId, attempt: queued.attemptsMade + 1, signal });
}
