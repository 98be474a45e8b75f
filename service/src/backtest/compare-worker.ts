// Compares chunks of past tickets in a worker thread.
import { workerData } from 'node:worker_threads';
import { type Chunk, ticketsOf } from '../past-tickets/index.ts';
import type { ThreadData } from './compare-chunks.ts';
import { buildComparison } from './compare-tickets.ts';
import type { Tally } from './tally.ts';

const { comparison, labels } = workerData as ThreadData;
const compare = buildComparison(comparison);

export default (chunk: Chunk): Tally => compare(ticketsOf(chunk, labels));
