// The jobs of tickets.
import { z } from 'zod';
import { defineJob, NOTHING } from '../platform/jobs/define-job.ts';

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
  // Not one: a job kept under the id of its batch would keep the sweep from making a new one.
  keepFailed: 0,
  // Each decides four tickets at a time, so eight transactions: more only wait for one another.
  concurrency: 2,
  globalConcurrency: null,
});

/**
 * Decides a ticket that floods, apart from the batches, in steps; each further step is a job of its own, so that floods take turns. What
 * comes in the meantime enqueues no second job, whatever its batch.
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

/** Decides again the tickets for which a condition on time may have a different answer by now. */
export const decideDueJob = defineJob({
  name: 'decide-due',
  payload: NOTHING,
  schedule: { everyMs: 10 * SECOND, payload: {} },
});

/**
 * Reads Zendesk's incremental export from the saved cursor: the first time it imports all tickets, later it repairs what webhooks lost.
 * Zendesk allows ten such requests a minute.
 */
export const readExportJob = defineJob({
  name: 'repair',
  payload: NOTHING,
  schedule: { everyMs: 60 * SECOND, payload: {} },
});
