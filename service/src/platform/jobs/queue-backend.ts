// Defines what differs between the two stores of the queue, PostgreSQL and Redis.
import type { BackendFactory, IQueueBackend, JobProgress, Queue, Worker } from 'bullmq';

/** How BullMQ reaches its store: PostgreSQL or Redis. The rest of this folder does not know which. */
export interface QueueBackend {
  /** For adding jobs: fails fast, because a caller waits. */
  producer: unknown;
  /** For taking jobs: tries for ever. */
  worker: unknown;
  factory: BackendFactory<IQueueBackend, unknown>;
  /** Throws when the store does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

export type AnyQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
export type AnyWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, unknown>;
