// Who works off the jobs, and how do they stop?
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { aboutError } from '../inbox/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { JobHandlers } from './job-queue.ts';
import { JOB_NAMES, type JobName, rulesOf } from './job-table.ts';
import type { AnyWorker, QueueBackend } from './queue-backend.ts';
import { runJob } from './run-job.ts';

/**
 * A worker that dies leaves its jobs locked. With these they are taken up again after 10 to 15 s (tried on both stores with
 * `kill -9`: 10.6 s); BullMQ's own 30 s and 30 s would make it a minute.
 */
const LOCK = { lockDuration: 10_000, stalledInterval: 5_000 };
/** Killed again and again, a batch is still tried: its rows count their attempts themselves and are parked. */
const STALLS_ALLOWED = 1_000;
const RETRY_PAUSE = 1_000;

export interface Workers {
  /** Waits for the jobs in hand. False: some were still running after `graceMs`. */
  stop: (graceMs: number) => Promise<boolean>;
}

/** Starts one worker per job that has a handler, and waits until they listen; while the store is away, it tries for ever. */
export async function startWorkers(
  backend: QueueBackend,
  handlers: Partial<JobHandlers>,
  logger: Logger,
  signal: AbortSignal,
): Promise<Workers> {
  const names = JOB_NAMES.filter((name) => handlers[name]);
  const workers = (await Promise.all(names.map(startOne))).filter((worker) => worker !== null);
  const windDown = () => {
    for (const worker of workers) void worker.pause(true);
  };
  if (signal.aborted) windDown();
  else signal.addEventListener('abort', windDown, { once: true });

  return {
    stop: async (graceMs) => {
      const closed = Promise.all(workers.map((worker) => worker.close())).then(() => true);
      const finished = await Promise.race([closed, pause(graceMs, false, { ref: false })]);
      if (!finished) for (const worker of workers) void worker.disconnect().catch(() => undefined);
      return finished;
    },
  };

  /** BullMQ remembers a first connection that failed and never tries again, so a worker that did not start is made anew. */
  async function startOne(name: JobName): Promise<AnyWorker | null> {
    while (!signal.aborted) {
      const worker = makeWorker(name);
      try {
        await worker.waitUntilReady();
        return worker;
      } catch (error) {
        logger.warn({ job: name, ...aboutError(error) }, 'A worker could not reach the queue; trying again');
        await worker.close(true).catch(() => undefined);
        await pause(RETRY_PAUSE);
      }
    }
    return null;
  }

  function makeWorker(name: JobName): AnyWorker {
    const worker: AnyWorker = new Worker(
      name,
      (job) => runJob({ handlers, signal, logger }, job),
      {
        ...LOCK,
        connection: backend.worker,
        concurrency: rulesOf(name).concurrency,
        maxStalledCount: STALLS_ALLOWED,
        runRetryDelay: RETRY_PAUSE,
      },
      backend.factory,
    );
    worker.on('error', (error) =>
      logger.warn({ job: name, ...aboutError(error) }, 'A worker met a fault of the queue'),
    );
    worker.on('stalled', (jobId) => logger.warn({ job: name, jobId }, 'A job was left behind and is taken up again'));
    worker.on('failed', (job, error) =>
      logger.warn({ job: name, jobId: job?.id, attempt: job?.attemptsMade, ...aboutError(error) }, 'A job failed'),
    );
    return worker;
  }
}
