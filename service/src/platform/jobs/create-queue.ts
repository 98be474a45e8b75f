// Opens the job queue, in PostgreSQL or in Redis.
import { type JobsOptions, Queue } from 'bullmq';
import { aboutError } from '../errors/about-error.ts';
import { withTimeout } from '../errors/external-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { EnqueueOptions, JobDefinition, JobQueue, QueueAddress } from './job-queue.ts';
import { type AnyQueue, openPostgresBackend, openRedisBackend } from './queue-backend.ts';
import { startWorkers, type Workers } from './workers.ts';

/** Longest wait of a caller for the queue, unless told otherwise. Milliseconds. */
const FAIL_FAST = 3_000;
const CLOSING = 1_000;

/**
 * Opens the queue for these jobs: in Redis if its address is given, otherwise in PostgreSQL. Throws when PostgreSQL cannot be
 * reached; Redis may be unavailable at first. `maxWaitMs`: the longest wait of a caller for an answer; a call that waited longer throws.
 */
export async function createQueue(
  address: QueueAddress,
  jobs: readonly JobDefinition<unknown>[],
  deps: { logger: Logger; clock: () => number; maxWaitMs?: number },
): Promise<JobQueue> {
  const { logger, maxWaitMs = FAIL_FAST } = deps;
  const backend = address.redisUrl
    ? openRedisBackend(address.redisUrl, { logger, maxWaitMs })
    : await openPostgresBackend(address.databaseUrl, jobs, logger);
  const queues = new Map(jobs.map(({ name }) => [name, openQueue(name)] as const));
  const running: Workers[] = [];
  const windDown = new AbortController();
  let stopped: Promise<void> | null = null;
  if (!address.redisUrl) await becomeReady();

  function openQueue(name: string): AnyQueue {
    const queue: AnyQueue = new Queue(name, { connection: backend.producer }, backend.factory);
    queue.on('error', (error) => logger.debug({ job: name, ...aboutError(error) }, 'The queue cannot be reached'));
    return queue;
  }

  /** BullMQ caches a failed first connection to PostgreSQL and never retries: better not to start then. */
  async function becomeReady(): Promise<void> {
    try {
      await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  async function stop(graceMs: number): Promise<void> {
    windDown.abort();
    const finished = await Promise.all(running.map((workers) => workers.stop(graceMs)));
    if (finished.includes(false))
      logger.warn({ graceMs }, 'Some jobs were still running at shutdown; they will be run again');
    // Closing needs the store, which may be unavailable: then the connections are dropped.
    const closed = Promise.all([...queues.values()].map((queue) => queue.close()));
    await withTimeout(closed, CLOSING, 'The queue did not close').catch(() => undefined);
    await withTimeout(backend.close(), CLOSING, 'The queue did not close its connections').catch(() => undefined);
  }

  function queueOf(name: string): AnyQueue {
    const queue = queues.get(name);
    if (!queue) throw new Error(`There is no job named ${name}.`);
    return queue;
  }

  const answered = <Result>(work: Promise<Result>) => withTimeout(work, maxWaitMs, 'The queue did not answer');

  return {
    enqueue: async (job, payload, options) => {
      const added = queueOf(job.name).add(job.name, payload, jobOptions(job, payload, options));
      await answered(added);
    },
    enqueueMany: async (job, payloads) => {
      const added = payloads.map((data) => ({ name: job.name, data, opts: jobOptions(job, data) }));
      await answered(queueOf(job.name).addBulk(added));
    },
    startWorkers: async (handled, { signal }) => {
      running.push(await startWorkers(backend, handled, logger, AbortSignal.any([signal, windDown.signal])));
    },
    declare: () => answered(declareSchedules(jobs, queueOf, deps.clock())),
    isHealthy: async () => {
      try {
        await answered(backend.ping());
        return true;
      } catch {
        return false;
      }
    },
    counts: async () => {
      const counted = [...queues].map(async ([name, queue]) => {
        const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await queue.getJobCounts();
        return [name, { waiting, active, delayed, failed }] as const;
      });
      const all = await answered(Promise.all(counted));
      return Object.fromEntries(all);
    },
    stop: ({ graceMs }) => {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}

/**
 * A `skip` job's id becomes BullMQ's job id, which is unique. A `run_again` job is de-duplicated while it waits; while it runs,
 * BullMQ keeps the newest of the others and adds it when the first has finished (`keepLastIfActive`).
 * @internal
 */
export function jobOptions<Payload>(
  job: JobDefinition<Payload>,
  payload: Payload,
  options: EnqueueOptions = {},
): JobsOptions {
  const id = options.dedupeId ?? job.dedupeId(payload);
  const delay = options.delayMs ?? 0;
  return {
    ...retention(job),
    ...(delay > 0 ? { delay } : {}),
    ...(job.whenLive === 'skip'
      ? { jobId: id }
      : { deduplication: { id: delay > 0 ? `${id}-later` : id, keepLastIfActive: true } }),
  };
}

/** Attempts and retention, also for scheduled jobs. */
function retention({ attempts, backoffMs, keepFailed }: JobDefinition<unknown>): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: keepFailed === 0 ? true : { count: keepFailed },
  };
}

/** A schedule whose next run is overdue by this much has lost its next job, and is declared again. Milliseconds. */
const OVERDUE = 60_000;

/** Declares, under permanent ids, the recurring jobs and shared limits that the store does not have (any more). */
async function declareSchedules(
  jobs: readonly JobDefinition<unknown>[],
  queueOf: (name: string) => AnyQueue,
  now: number,
): Promise<void> {
  for (const job of jobs) {
    const { name, schedule, globalConcurrency } = job;
    const queue = queueOf(name);
    if (globalConcurrency !== null && (await queue.getGlobalConcurrency()) !== globalConcurrency) {
      await queue.setGlobalConcurrency(globalConcurrency);
    }
    if (!schedule) continue;
    const id = `every-${name}`;
    const known = await queue.getJobScheduler(id);
    const alive = known?.every === schedule.everyMs && (known.next ?? 0) > now - schedule.everyMs - OVERDUE;
    if (alive) continue;
    const template = { name, data: schedule.payload, opts: retention(job) };
    await queue.upsertJobScheduler(id, { every: schedule.everyMs }, template);
  }
}
