// The jobs of tickets, and the sweep that enqueues one for batches and flooded tickets that have none.
import { z } from 'zod';
import { defineJob, type JobDefinition, type JobQueue, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import { listWaiting } from './receive/batches.ts';

const SECOND = 1_000;

/** Decides the waiting events of one committed batch of the inbox. */
export const processBatchJob = defineJob({
  name: 'process-batch',
  // Not strict: the former version enqueued `floods` beside it.
  payload: z.object({ batch: z.int().positive() }),
  dedupeId: ({ batch }) => `batch-${batch}`,
  whenLive: 'skip',
  attempts: 5,
  backoffMs: SECOND,
  // None: a failed job kept under its batch's id would prevent the sweep from enqueuing a new one.
  keepFailed: 0,
  // Each decides four tickets at a time, so eight transactions: more would only wait for each other.
  concurrency: 2,
  globalConcurrency: null,
});

/**
 * Decides a flooded ticket separately from the batches, in steps; each further step is a job of its own, so that flooded tickets take turns. Events that
 * arrive meanwhile enqueue no second job, whatever their batch.
 */
export const processFloodJob = defineJob({
  name: 'process-flood',
  payload: z.strictObject({ ticketId: z.int().positive() }),
  dedupeId: ({ ticketId }) => `flood-${ticketId}`,
  attempts: 5,
  backoffMs: SECOND,
  keepFailed: 0,
  globalConcurrency: null,
});

/** Decides again tickets for which the result of a condition on time may have changed. */
export const decideDueJob = defineJob({
  name: 'decide-due',
  payload: NOTHING,
  schedule: { everyMs: 10 * SECOND, payload: {} },
});

/**
 * Reads Zendesk's incremental export from the saved cursor: the first run imports all tickets, later ones repair what webhooks missed.
 * Zendesk allows ten such requests a minute.
 */
export const readExportJob = defineJob({
  name: 'repair',
  payload: NOTHING,
  schedule: { everyMs: 60 * SECOND, payload: {} },
});

/** A newer batch is about to be enqueued anyway. Milliseconds. */
const FRESH = 5_000;
const MOST_JOBS = 10_000;
const AT_A_TIME = 500;

/** Enqueues a job for every batch with waiting events, and for every flooded ticket instead of its batches. */
export function sweepTickets({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const { batches, floods } = await listWaiting(db, new Date(clock() - FRESH), MOST_JOBS);
    await enqueueAll(
      queue,
      processBatchJob,
      batches.map((batch) => ({ batch })),
    );
    await enqueueAll(
      queue,
      processFloodJob,
      floods.map((ticketId) => ({ ticketId })),
    );
  };
}

async function enqueueAll<Payload>(
  queue: Pick<JobQueue, 'enqueueMany'>,
  job: JobDefinition<Payload>,
  payloads: readonly Payload[],
): Promise<void> {
  for (let start = 0; start < payloads.length; start += AT_A_TIME)
    await queue.enqueueMany(job, payloads.slice(start, start + AT_A_TIME));
}
