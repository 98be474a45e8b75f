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
