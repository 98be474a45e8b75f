// Runs jobs in this process until it stops.
import { setTimeout as pause } from 'node:timers/promises';
import { type Job as QueuedJob, UnrecoverableError, Worker } from 'bullmq';
import { z } from 'zod';
import { aboutError } from '../errors/about-error.ts';
import { withTimeout } from '../errors/external-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Job } from './job-queue.ts';
import type { AnyWorker, QueueBackend } from './queue-backend.ts';

/**
 * A worker that dies leaves its jobs locked. With these values they are run again after 10 to 15 s (measured on both stores with
 * `kill -9`: 10.6 s); with BullMQ's defaults of 30 s and 30 s it would be a minute.
 */
const LOCK = { lockDuration: 10_000, stalledInterval: 5_000 };
/** A batch that keeps killing its process is still retried: its rows count such crashes and are dead-lettered. */
const STALLS_ALLOWED = 1_000;
const RETRY_PAUSE = 1_000;
const CLOSING = 1_000;
const FAULT_EVERY = 10_000;

export interface Workers {
  /** Waits for running jobs. False: some were still running after `graceMs`. */
  stop: (graceMs: number) => Promise<boolean>;
}

/** Starts one worker per job, and waits until they listen; while the store is unavailable, it retries without limit. */
export async function startWorkers(
  backend: QueueBackend,
  jobs: readonly Job[],
  logger: Logger,
  signal: AbortSignal,
): Promise<Workers> {
  let lastFaultAt = Number.NEGATIVE_INFINITY;
  const inHand = new Set<Promise<void>>();
  const workers = (await Promise.all(jobs.map(startOne))).filter((worker) => worker !== null);
  /** Starts no more jobs; each promise resolves when that worker's running jobs have finished. */
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
      // Closing needs the store, which may be unavailable.
      const closed = Promise.allSettled(workers.map((worker) => worker.close(end !== 'finished')));
      await Promise.race([closed, pause(CLOSING, null, { ref: false })]);
      return end !== 'late';
    },
  };

  /** BullMQ's own pausing waits for an unavailable store; in that case no new job can start, and only running jobs are awaited. */
  async function idleWithoutStore(): Promise<void> {
    const answers = await withTimeout(backend.ping(), CLOSING, 'The queue did not answer').then(
      () => true,
      () => false,
    );
    if (answers) await new Promise(() => undefined);
    await Promise.allSettled(inHand);
  }

  /** BullMQ caches a failed first connection and never retries, so a worker that did not start is created again. */
  async function startOne(job: Job): Promise<AnyWorker | null> {
    while (!signal.aborted) {
      const worker = makeWorker(job);
      try {
        await worker.waitUntilReady();
        return worker;
      } catch (error) {
        logger.warn({ job: job.definition.name, ...aboutError(error) }, 'A worker could not reach the queue; retrying');
        await worker.close(true).catch(() => undefined);
        await pause(RETRY_PAUSE);
      }
    }
    return null;
  }

  /** An unavailable store makes every worker fail several times a second, so this is logged only once. */
  function reportFault(name: string, error: Error): void {
    const now = performance.now();
    if (now - lastFaultAt < FAULT_EVERY) return;
    lastFaultAt = now;
    logger.warn({ job: name, ...aboutError(error) }, 'Workers cannot use the queue; retrying');
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
    worker.on('stalled', (jobId) =>
      logger.warn({ job: name, jobId }, 'A job was abandoned by its worker and is run again'),
    );
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
 * Runs one job. A job with an unknown name is dropped with a warning (an older version may have enqueued it); an invalid payload
 * throws and is not retried, because it would be invalid again. @internal
 */
export async function runJob(
  { jobs, signal, logger }: RunJobDeps,
  queued: Pick<QueuedJob, 'id' | 'name' | 'data' | 'attemptsMade'>,
): Promise<void> {
  const jobId = queued.id ?? '';
  const job = jobs.find(({ definition }) => definition.name === queued.name);
  if (!job) {
    logger.warn({ job: queued.name, jobId }, 'A job with an unknown name was dropped');
    return;
  }
  const payload = job.definition.payload.safeParse(queued.data);
  if (!payload.success) {
    throw new UnrecoverableError(
      `Job ${queued.name} (${jobId}) has an invalid payload: ${z.prettifyError(payload.error)}`,
    );
  }
  await job.run(payload.data, { jobId, attempt: queued.attemptsMade + 1, signal });
}
